import { z } from 'zod'
import type { JsonBody } from '../../steps/read-json.ts'
import type { Asked, ModelRequest } from '../dialect.ts'
import { parseWith } from '../parse-with.ts'
import { refuseFields } from '../refuse-fields.ts'
import { modelSchema } from './model-schema.ts'

const yes = z.union([z.boolean(), z.enum(['true', 'false'])])
/** Forms have no numbers, only their digits. */
const small = z.union([z.int().min(0).max(10), z.string().regex(/^(?:\d|10)$/)])

const schema = z.looseObject({
  model: modelSchema,
  prompt: z.string(),
  n: small.nullish(),
  partial_images: small.nullish(),
  stream: yes.nullish(),
})

/** The largest picture in high quality has 6,240 tokens, a piece of one that is on its way 100. */
const tokensPerImage = 8192
const tokensPerPartialImage = 100

export function parseImages({ value, byteLength, form }: JsonBody, { path }: Asked): ModelRequest {
  const body = parseWith(schema, value)
  refuseFields(body)
  const images = Math.max(1, Number(body.n ?? 1))
  const given = form ? form.files : Array.isArray(body.images) ? body.images : []
  const fileBytes = form?.files.reduce((sum, file) => sum + file.bytes.length, 0) ?? 0
  return {
    model: body.model,
    method: /\/edits$/.test(path) ? 'edits' : 'generations',
    stream: String(body.stream ?? false) === 'true',
    wantsUsage: true,
    outputCap: tokensPerImage + tokensPerPartialImage * Number(body.partial_images ?? 0),
    choices: images,
    input: {
      textBytes: byteLength - fileBytes,
      images: given.length,
      scaffoldTokens: 128,
      readTexts: () => ({ texts: [body.prompt], frameTokens: 128 }),
    },
    units: { image: images, image_output_token: 1, ...(given.length > 0 && { image_input_token: 1 }) },
    paidBy: { kind: 'image', orTokens: true },
    ...(form && { form, contentType: form.contentType }),
    body,
  }
}
