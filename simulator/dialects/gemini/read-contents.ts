import { Refused } from '../../faults/refusal.ts'
import type { Tokenizer } from '../../writing/load-tokenizer.ts'
import type { Ask } from '../dialect.ts'
import { readAsChat } from '../read-as-chat.ts'
import { callOf } from './call-of.ts'
import { refuseDisorder } from './refuse-disorder.ts'
import { type GeminiContent, type GeminiPart, type GeminiRequest, requestSchema } from './request-schema.ts'

/** What contents ask for, or the 400 that Google would answer. */
export function readContents(body: unknown, url: string, tokenizer: Tokenizer): Ask {
  const found = requestSchema.safeParse(body)
  if (!found.success) {
    const [issue] = found.error.issues
    throw refuse(`Invalid JSON payload received. ${issue?.path.join('.')}: ${issue?.message}`)
  }
  const request = found.data
  const config = request.generationConfig ?? {}
  const isThinking = thinks(config.thinkingConfig)
  refuseDisorder(request.contents, isThinking)
  const call = callOf(url)!
  const ask = readAsChat(
    {
      model: call.model,
      max_tokens: config.maxOutputTokens,
      stream: call.stream,
      n: config.candidateCount,
      seed: config.seed,
      messages: [
        ...(request.systemInstruction ? [{ role: 'system', content: textOf(request.systemInstruction.parts) }] : []),
        ...request.contents.flatMap(tell),
      ],
      stop: config.stopSequences?.slice(0, 4),
      tools: toolsOf(request),
      tool_choice: choiceOf(request),
      response_format: formatOf(config),
    },
    tokenizer,
  )
  return { ...ask, wantsUsage: true, showsThought: isThinking, isArray: call.isArray }
}

function thinks(config: NonNullable<GeminiRequest['generationConfig']>['thinkingConfig']): boolean {
  return config?.includeThoughts === true && config.thinkingBudget !== 0
}

function toolsOf({ tools }: GeminiRequest): object[] | undefined {
  const declared = tools?.flatMap(({ functionDeclarations }) => functionDeclarations ?? [])
  return declared?.map(({ name, parameters, parametersJsonSchema }) => ({
    type: 'function',
    function: { name, parameters: parametersJsonSchema ?? inSmallLetters(parameters ?? {}) },
  }))
}

function choiceOf({ toolConfig }: GeminiRequest): unknown {
  const { mode, allowedFunctionNames = [] } = toolConfig?.functionCallingConfig ?? {}
  if (mode === 'NONE') return 'none'
  if (mode !== 'ANY') return undefined
  const [only] = allowedFunctionNames
  return only === undefined ? 'required' : { type: 'function', function: { name: only } }
}

function formatOf(config: NonNullable<GeminiRequest['generationConfig']>): object | undefined {
  if (config.responseMimeType !== 'application/json') return undefined
  const schema = config.responseJsonSchema ?? (config.responseSchema && inSmallLetters(config.responseSchema))
  return schema ? { type: 'json_schema', json_schema: { name: 'answer', schema } } : { type: 'json_object' }
}

/** Google's own schemas write their types in capitals. */
function inSmallLetters(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(inSmallLetters)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [
      name,
      name === 'type' && typeof value === 'string' ? value.toLowerCase() : inSmallLetters(value),
    ]),
  )
}

/** As messages of a chat: results of tools are messages of their own. */
function tell({ role, parts }: GeminiContent): object[] {
  const calls = parts.flatMap(({ functionCall: call }) =>
    call ? [{ type: 'function', function: { name: call.name, arguments: JSON.stringify(call.args ?? {}) } }] : [],
  )
  const results = parts.flatMap(({ functionResponse: given }) =>
    given ? [{ role: 'tool', name: given.name, content: JSON.stringify(given.response) }] : [],
  )
  const said = parts.flatMap(sayPart)
  if (said.length === 0 && calls.length === 0) return results
  const message = { role: role === 'model' ? 'assistant' : 'user', content: said }
  return [...results, { ...message, ...(calls.length > 0 && { tool_calls: calls }) }]
}

function sayPart({ text, thought, inlineData, fileData }: GeminiPart): object[] {
  if (inlineData || fileData) return [{ type: 'image_url', image_url: {} }]
  return text === undefined || thought ? [] : [{ type: 'text', text }]
}

function textOf(parts: GeminiPart[]): string {
  return parts.flatMap(({ text }) => text ?? []).join('\n')
}

function refuse(message: string): Refused {
  return new Refused({ status: 400, code: null, type: 'invalid_request_error', message })
}
