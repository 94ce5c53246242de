import { z } from 'zod'
import type { JsonBody } from '../../steps/read-json.ts'
import type { ModelRequest } from '../dialect.ts'
import { parseWith } from '../parse-with.ts'
import { refuseFields } from '../refuse-fields.ts'
import { modelSchema, textsSchema } from './model-schema.ts'
import { textsOf } from './texts-of.ts'

const choices = z.int().min(1).max(128)

const schema = z.looseObject({
  model: modelSchema,
  prompt: textsSchema.nullish(),
  suffix: z.string().nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.int().min(0).max(2_147_483_647).nullish(),
  n: choices.nullish(),
  best_of: choices.nullish(),
  echo: z.boolean().nullish(),
})

/** What OpenAI gives to who asks for no length; vendors differ, so it is always said. */
const defaultMaxTokens = 16

const scaffoldTokensPerPrompt = 8

export function parseCompletions({ value, byteLength }: JsonBody): ModelRequest {
  const body = parseWith(schema, value)
  refuseFields(body)
  const prompt = textsOf(body.prompt ?? '')
  const texts = body.suffix ? [...prompt.texts, body.suffix] : prompt.texts
  const scaffoldTokens = prompt.items * scaffoldTokensPerPrompt
  return {
    model: body.model,
    stream: body.stream ?? false,
    wantsUsage: body.stream_options?.include_usage ?? false,
    outputCap: body.max_tokens ?? defaultMaxTokens,
    // Each of the best is written to its end, shown or not.
    choices: prompt.items * Math.max(body.n ?? 1, body.best_of ?? 1),
    isEcho: body.echo ?? false,
    input: {
      // The suffix is read once with every prompt.
      textBytes: byteLength + (prompt.items - 1) * Buffer.byteLength(body.suffix ?? ''),
      images: 0,
      scaffoldTokens,
      readTexts: () => ({ texts, frameTokens: prompt.tokens + scaffoldTokens }),
    },
    body: { ...body, max_tokens: body.max_tokens ?? defaultMaxTokens },
  }
}
