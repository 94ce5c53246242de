import { z } from 'zod'
import { asRecord } from '../../json/as-record.ts'
import type { JsonBody } from '../../steps/read-json.ts'
import type { ModelRequest } from '../dialect.ts'
import { parseWith } from '../parse-with.ts'
import { type Choice, refuseChoice } from '../refuse-choice.ts'
import { measureInput } from './measure-input.ts'
import { refuseUnpriced } from './refuse-unpriced.ts'

const tokens = z.int().min(1).max(2_147_483_647)

const part = z
  .looseObject({ type: z.string() })
  .refine(({ type, text }) => type !== 'text' || typeof text === 'string', { path: ['text'], error: 'must be text' })
  .refine((one) => one.type !== 'image_url' || typeof urlIn(one.image_url) === 'string', {
    path: ['image_url', 'url'],
    error: 'must be where the picture is',
  })
const schema = z.looseObject({}, { error: 'must be a JSON schema' })
const described = z.looseObject({ name: z.string().min(1), parameters: schema.nullish() })

/** The fields that we act upon; all others are kept as they came. */
const chatRequestSchema = z.looseObject({
  model: z.string().min(1).max(256),
  messages: z
    .array(
      z.looseObject({
        role: z.string().min(1),
        content: z.union([z.string(), z.array(part)], { error: 'must be text or a list of parts' }).nullish(),
      }),
    )
    .min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: tokens.nullish(),
  max_completion_tokens: tokens.nullish(),
  n: z.int().min(1).max(128).nullish(),
  best_of: z.int().min(1).max(128).nullish(),
  tools: z.array(z.looseObject({ type: z.string().nullish(), function: described.nullish() })).nullish(),
  functions: z.array(described).nullish(),
  tool_choice: z.union([z.string(), z.looseObject({})]).nullish(),
  response_format: z
    .looseObject({ type: z.string(), json_schema: z.looseObject({ schema: schema.nullish() }).nullish() })
    .refine(({ type, json_schema: described }) => type !== 'json_schema' || described != null, {
      path: ['json_schema'],
      error: 'must describe the answer',
    })
    .nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  stop: z.union([z.string(), z.array(z.string())], { error: 'must be text or a list of texts' }).nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  seed: z.number().nullish(),
  frequency_penalty: z.number().nullish(),
  presence_penalty: z.number().nullish(),
})

export type ChatBody = z.infer<typeof chatRequestSchema>

export function parseRequest({ value, byteLength }: JsonBody): ModelRequest {
  const body = parseWith(chatRequestSchema, value)
  refuseUnpriced(body)
  refuseChoice(choiceOf(body.tool_choice), functionNames(body))
  return {
    model: body.model,
    stream: body.stream ?? false,
    wantsUsage: body.stream_options?.include_usage ?? false,
    outputCap: largest(body.max_tokens, body.max_completion_tokens),
    choices: largest(body.n, body.best_of) ?? 1,
    input: measureInput(body, byteLength),
    body,
  }
}

/** Some send the URL itself. */
function urlIn(image: unknown): unknown {
  const url = typeof image === 'string' ? image : asRecord(image).url
  return url === '' ? undefined : url
}

function functionNames({ tools }: ChatBody): unknown[] {
  return (tools ?? []).map((tool) => tool.function?.name ?? asRecord(tool.custom).name)
}

function choiceOf(choice: ChatBody['tool_choice']): Choice {
  if (choice === 'required') return { path: 'tool_choice' }
  if (typeof choice !== 'object' || choice === null) return null
  const chosen = asRecord(choice.function ?? choice.custom)
  return chosen.name === undefined
    ? null
    : { path: `tool_choice.${choice.function ? 'function' : 'custom'}.name`, names: [chosen.name] }
}

/** Vendors differ in which of two fields they heed, so the larger one counts. */
function largest(first: number | null | undefined, second: number | null | undefined): number | null {
  return Math.max(first ?? 0, second ?? 0) || null
}
