import { z } from 'zod'
import { StipendError } from '#lib/core/errors.ts'
import type { JsonBody } from '../../steps/read-json.ts'
import type { Asked, ModelRequest } from '../dialect.ts'
import { parseWith } from '../parse-with.ts'
import { contentSchema } from './content-schema.ts'
import { measureInput } from './measure-input.ts'
import { readParts } from './read-parts.ts'
import { readTarget } from './read-target.ts'

const oneSchema = z.looseObject({ content: contentSchema })
const batchSchema = z.looseObject({ requests: z.array(oneSchema).min(1).max(1000) })

export function parseEmbed({ value, byteLength }: JsonBody, { path }: Asked): ModelRequest {
  const { model, method } = readTarget(path)
  const isBatch = method === 'batchEmbedContents'
  const body = parseWith(isBatch ? batchSchema : oneSchema, value) as Readonly<Record<string, unknown>>
  const turns = isBatch
    ? (body as z.infer<typeof batchSchema>).requests.map(({ content }, index) => ({
        content,
        path: `requests.${index}.content`,
      }))
    : [{ content: (body as z.infer<typeof oneSchema>).content, path: 'content' }]
  const parts = readParts(turns)
  if (parts.images + parts.documents > 0) {
    const message = 'Only text can be embedded here: the price of anything else is not known.'
    throw new StipendError('invalid_request_error', message, { param: turns[0]?.path ?? 'content' })
  }
  return {
    model,
    method,
    stream: false,
    wantsUsage: false,
    outputCap: 0,
    choices: 1,
    input: measureInput(parts, [], byteLength),
    body,
  }
}
