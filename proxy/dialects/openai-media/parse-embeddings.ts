import { z } from 'zod'
import type { JsonBody } from '../../steps/read-json.ts'
import type { ModelRequest } from '../dialect.ts'
import { parseWith } from '../parse-with.ts'
import { refuseFields } from '../refuse-fields.ts'
import { modelSchema, textsSchema } from './model-schema.ts'
import { textsOf } from './texts-of.ts'

const schema = z.looseObject({
  model: modelSchema,
  input: textsSchema,
  encoding_format: z.enum(['float', 'base64']).nullish(),
  dimensions: z.int().min(1).nullish(),
})

/** Some models begin and end every text with a mark of their own. */
const tokensPerText = 4

export function parseEmbeddings({ value, byteLength }: JsonBody): ModelRequest {
  const body = parseWith(schema, value)
  refuseFields(body)
  const { items, texts, tokens } = textsOf(body.input)
  return {
    model: body.model,
    stream: false,
    wantsUsage: false,
    outputCap: 0,
    choices: 1,
    input: {
      textBytes: byteLength,
      images: 0,
      scaffoldTokens: items * tokensPerText,
      readTexts: () => ({ texts, frameTokens: tokens + items * tokensPerText }),
    },
    body,
  }
}
