import { z } from 'zod'
import { asRecord } from '../../json/as-record.ts'
import { listOf } from '../../json/read-value.ts'
import type { JsonBody } from '../../steps/read-json.ts'
import type { ModelRequest } from '../dialect.ts'
import { parseWith } from '../parse-with.ts'
import { type Choice, refuseChoice } from '../refuse-choice.ts'
import { isOfferedSearch } from './is-offered-search.ts'
import { measureInput } from './measure-input.ts'
import { refuseUnpriced } from './refuse-unpriced.ts'
import { toolsOf } from './tools-of.ts'

const roles = ['user', 'assistant', 'system', 'developer']

const part = z
  .looseObject({ type: z.string() })
  .refine(({ type, text }) => !/^(?:in|out)put_text$/.test(type) || typeof text === 'string', {
    path: ['text'],
    error: 'must be text',
  })
  .refine((one) => one.type !== 'input_image' || one.file_id != null || isThere(one.image_url), {
    path: ['image_url'],
    error: 'must be where the picture is',
  })
  .refine((one) => one.type !== 'input_file' || [one.file_id, one.file_data, one.file_url].some(isThere), {
    path: ['file_data'],
    error: 'must be the file',
  })
const said = z.union([z.string(), z.array(part)], { error: 'must be text or a list of parts' }).nullish()

const item = z
  .looseObject({ type: z.string().nullish(), role: z.string().nullish() })
  .refine(({ type, role }) => (type ?? 'message') !== 'message' || roles.includes(String(role)), {
    path: ['role'],
    error: `must be one of ${roles.join(', ')}`,
  })
const messageItem = z.looseObject({ content: said })
const outputItem = z.looseObject({ output: said })

const tool = z
  .looseObject({ type: z.string(), parameters: z.looseObject({}, { error: 'must be a JSON schema' }).nullish() })
  .refine(({ type, name }) => type !== 'function' || (typeof name === 'string' && name !== ''), {
    path: ['name'],
    error: 'must name the function',
  })

const format = z
  .looseObject({ type: z.string(), schema: z.looseObject({}, { error: 'must be a JSON schema' }).nullish() })
  .refine(({ type, schema }) => type !== 'json_schema' || schema != null, {
    path: ['schema'],
    error: 'must be a JSON schema',
  })
  .nullish()

/** The fields that we act upon; all others are kept as they came. */
const responsesSchema = z.looseObject({
  model: z.string().min(1).max(256),
  input: z.union([z.string(), z.array(item).min(1)], { error: 'must be text or a list of items' }),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  max_output_tokens: z.int().min(1).max(2_147_483_647).nullish(),
  previous_response_id: z.string().min(1).max(256).nullish(),
  store: z.boolean().nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: z.union([z.string(), z.looseObject({})]).nullish(),
  text: z.looseObject({ format }).nullish(),
  reasoning: z.looseObject({}).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
})

export type ResponsesBody = z.infer<typeof responsesSchema>

export function parseRequest({ value, byteLength }: JsonBody): ModelRequest {
  const body = parseWith(responsesSchema, value)
  if (Array.isArray(body.input)) body.input.forEach(refuseItem)
  refuseUnpriced(body)
  refuseChoice(
    choiceOf(body.tool_choice),
    toolsOf(body).map(({ tool: { name } }) => name),
  )
  const dropped = listOf(body.tools).flatMap((tool, index) => (isOfferedSearch(body, tool) ? `tools.${index}` : []))
  return {
    model: body.model,
    stream: body.stream ?? false,
    wantsUsage: true,
    outputCap: body.max_output_tokens ?? null,
    choices: 1,
    input: measureInput(body, byteLength),
    body,
    ...(dropped.length > 0 && { dropped }),
    ...(body.previous_response_id && { continues: body.previous_response_id }),
  }
}

/** What is said in it, which other kinds of items have in other shapes. */
function refuseItem(one: Readonly<Record<string, unknown>>, index: number): void {
  const isOutput = one.type === 'function_call_output'
  if (!isOutput && (one.type ?? 'message') !== 'message') return
  parseWith(isOutput ? outputItem : messageItem, one, `input.${index}`)
}

function isThere(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function choiceOf(choice: ResponsesBody['tool_choice']): Choice {
  if (choice === 'required') return { path: 'tool_choice' }
  const { type, name } = asRecord(choice)
  return type === 'function' || type === 'custom' ? { path: 'tool_choice.name', names: [name] } : null
}
