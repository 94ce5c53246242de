import { z } from 'zod'
import { headerOf } from '../../exchange.ts'
import type { JsonBody } from '../../steps/read-json.ts'
import type { Asked, ModelRequest } from '../dialect.ts'
import { parseWith } from '../parse-with.ts'
import { type Choice, refuseChoice } from '../refuse-choice.ts'
import { asksForAnHour } from './asks-for-an-hour.ts'
import { measureInput } from './measure-input.ts'
import { refuseUnpriced } from './refuse-unpriced.ts'

const tokens = z.int().min(1).max(2_147_483_647)

const block = z
  .looseObject({ type: z.string() })
  .refine(({ type, text }) => type !== 'text' || typeof text === 'string', { path: ['text'], error: 'must be text' })
const content = z.union([z.string(), z.array(block)], { error: 'must be text or a list of blocks' })

const tool = z.looseObject({
  type: z.string().nullish(),
  name: z.string().nullish(),
  input_schema: z.looseObject({}, { error: 'must be a JSON schema' }).nullish(),
})

/** The fields that we act upon; all others are kept as they came. */
const messagesSchema = z.looseObject({
  model: z.string().min(1).max(256),
  max_tokens: tokens,
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant', 'system']), content })).min(1),
  system: content.nullish(),
  stream: z.boolean().nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: z.looseObject({ type: z.string() }).nullish(),
  thinking: z.looseObject({ type: z.string() }).nullish(),
  stop_sequences: z.array(z.string()).nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  top_k: z.number().nullish(),
})

/** A count has no answer, so it needs no cap for one. */
const countSchema = messagesSchema.extend({ max_tokens: tokens.nullish() })

export type MessagesBody = z.infer<typeof countSchema>
export type Block = z.infer<typeof block>

export function parseRequest(body: JsonBody, asked: Asked): ModelRequest {
  return parse(body, asked, messagesSchema)
}

export function parseCountRequest(body: JsonBody, asked: Asked): ModelRequest {
  return { ...parse(body, asked, countSchema), stream: false, isFree: true }
}

/** For what we write ourselves: its cap is set when it is known what was paid for. */
export function parseUncappedRequest(body: JsonBody, asked: Asked): ModelRequest {
  return parse(body, asked, countSchema)
}

function parse({ value, byteLength }: JsonBody, asked: Asked, schema: z.ZodType<MessagesBody>): ModelRequest {
  const body = parseWith(schema, value)
  refuseUnpriced(body)
  refuseChoice(choiceOf(body.tool_choice), body.tools?.map(({ name }) => name) ?? [])
  return {
    model: body.model,
    stream: body.stream ?? false,
    wantsUsage: true,
    outputCap: body.max_tokens ?? null,
    choices: 1,
    input: measureInput(body, byteLength),
    ...(asksForAnHour(body) && { units: { hour_cache_write_token: 1 } }),
    body,
    headers: headersOf(asked),
    query: new URLSearchParams(asked.query).get('beta') === 'true' ? 'beta=true' : '',
  }
}

function choiceOf(choice: MessagesBody['tool_choice']): Choice {
  if (choice?.type === 'any') return { path: 'tool_choice.type' }
  return choice?.type === 'tool' ? { path: 'tool_choice.name', names: [choice.name] } : null
}

/** The version that Anthropic asks for on every request. */
export const defaultVersion = '2023-06-01'

/** Any version and any beta may be asked for: what costs more is a field of the body, and is refused there. */
function headersOf(asked: Asked): Record<string, string> {
  const version = printable(headerOf(asked, 'anthropic-version')) ?? defaultVersion
  const beta = printable(headerOf(asked, 'anthropic-beta'))
  return { 'anthropic-version': version, ...(beta && { 'anthropic-beta': beta }) }
}

function printable(value: string | null): string | null {
  return value && /^[\x20-\x7e]{1,2000}$/.test(value) ? value : null
}
