import { z } from 'zod'
import { asRecord } from '../../json/as-record.ts'
import type { JsonBody } from '../../steps/read-json.ts'
import type { Asked, ModelRequest } from '../dialect.ts'
import { parseWith } from '../parse-with.ts'
import { contentsSchema } from './content-schema.ts'
import { field } from './fields.ts'
import { measureInput } from './measure-input.ts'
import { readParts } from './read-parts.ts'
import { readTarget } from './read-target.ts'

const countSchema = z.looseObject({ contents: contentsSchema.nullish() })

export function parseCount({ value, byteLength }: JsonBody, { path }: Asked): ModelRequest {
  const { model, method } = readTarget(path)
  const body = parseWith(countSchema, value)
  const inner = asRecord(field(body, 'generateContentRequest') ?? body)
  const contents = parseWith(contentsSchema, inner.contents)
  const parts = readParts(contents.map((content, index) => ({ content, path: `contents.${index}` })))
  return {
    model,
    method,
    stream: false,
    wantsUsage: false,
    outputCap: 0,
    choices: 1,
    isFree: true,
    input: measureInput(parts, [], byteLength),
    body,
  }
}
