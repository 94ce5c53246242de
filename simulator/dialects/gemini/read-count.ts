import { z } from 'zod'
import type { Tokenizer } from '../../writing/load-tokenizer.ts'
import type { Ask } from '../dialect.ts'
import { wordlessAsk } from '../wordless-ask.ts'
import { modelOf } from './gemini-base.ts'
import { contentSchema, generateRequestSchema } from './generate-request.ts'
import { parse } from './parse.ts'
import { readGenerate } from './read-generate.ts'

const countSchema = z.union([
  z.strictObject({ generateContentRequest: generateRequestSchema }),
  z.strictObject({ contents: z.array(contentSchema).min(1) }),
])

/** What generateContent would count as its prompt; to be told costs nothing. */
export function readCount(body: unknown, url: string, tokenizer: Tokenizer): Ask {
  const request = parse(countSchema, body)
  const inner = 'generateContentRequest' in request ? request.generateContentRequest : request
  const { promptTokens } = readGenerate(inner, url, tokenizer)
  return wordlessAsk(modelOf(url), { document: { totalTokens: promptTokens } })
}
