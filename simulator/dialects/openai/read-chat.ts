import type { z } from 'zod'
import { Refused } from '../../faults/refusal.ts'
import type { Tokenizer } from '../../writing/load-tokenizer.ts'
import type { Ask } from '../dialect.ts'
import { type ChatRequest, chatRequestSchema, partsOf } from './chat-request.ts'
import { chooseTools } from './choose-tools.ts'
import { countPrompt } from './count-prompt.ts'
import { refuseLooseCalls } from './refuse-loose-calls.ts'

/** What a chat request asks for, or the 400 that OpenAI would answer. */
export function readChat(body: unknown, tokenizer: Tokenizer): Ask {
  const result = chatRequestSchema.safeParse(body)
  if (!result.success) throw refused(result.error.issues[0]!)
  const request = result.data
  refuseContradictions(request)
  refuseLooseCalls(request)
  const question = questionOf(request)
  return {
    model: request.model,
    stream: request.stream ?? false,
    promptTokens: countPrompt(request, tokenizer),
    question,
    outputCap: request.max_completion_tokens ?? request.max_tokens ?? null,
    choices: request.n ?? 1,
    stop: [request.stop ?? []].flat(),
    tools: chooseTools(request, question),
    schema: schemaOf(request),
    seed: request.seed ?? 0,
    wantsUsage: request.stream_options?.include_usage ?? false,
  }
}

function refused(issue: z.core.$ZodIssue): Refused {
  const param = issue.path.reduce<string>(
    (path, step) => (typeof step === 'number' ? `${path}[${step}]` : path ? `${path}.${String(step)}` : String(step)),
    '',
  )
  const isMissing = issue.message.endsWith('received undefined')
  const invalid = { status: 400, type: 'invalid_request_error' }
  if (param === 'model' && isMissing) {
    return new Refused({ ...invalid, code: null, message: 'you must provide a model parameter' })
  }
  return isMissing
    ? new Refused({
        ...invalid,
        code: 'missing_required_parameter',
        param,
        message: `Missing required parameter: '${param}'.`,
      })
    : new Refused({ ...invalid, code: codeOf(issue), param, message: `Invalid '${param}': ${issue.message}.` })
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small') return issue.origin === 'array' ? 'empty_array' : 'integer_below_min_value'
  if (issue.code === 'too_big') return issue.origin === 'array' ? 'array_above_max_length' : 'integer_above_max_value'
  return issue.code === 'invalid_value' ? 'invalid_value' : 'invalid_type'
}

function refuseContradictions({ max_tokens, max_completion_tokens, stream, stream_options }: ChatRequest): void {
  if (max_tokens != null && max_completion_tokens != null) {
    throw new Refused({
      status: 400,
      code: 'invalid_parameter_combination',
      type: 'invalid_request_error',
      message: "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
    })
  }
  if (stream_options != null && !stream) {
    throw new Refused({
      status: 400,
      code: null,
      type: 'invalid_request_error',
      param: 'stream_options',
      message: "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
    })
  }
}

function questionOf({ messages }: ChatRequest): string {
  const last = messages.findLast((message) => message.role === 'user')
  return partsOf(last?.content)
    .flatMap((part) => part.text ?? [])
    .join('\n')
}

function schemaOf({ response_format }: ChatRequest): unknown {
  if (response_format?.type === 'json_object') return { type: 'object', properties: { answer: { type: 'string' } } }
  return response_format?.type === 'json_schema' ? (response_format.json_schema?.schema ?? {}) : null
}
