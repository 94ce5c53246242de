import { cannotSay } from '../../../hub/cannot-say.ts'
import { type Conversation, type Effort, efforts, type Format, type Tool } from '../../../hub/conversation.ts'
import { dropUnknown } from '../../../hub/drop-unknown.ts'
import type { Drop } from '../../../hub/hub.ts'
import { readCached } from '../../../hub/read-cached.ts'
import { asRecord } from '../../../json/as-record.ts'
import { booleanOrNull, listOf, numberOrNull, textOr } from '../../../json/read-value.ts'
import type { ModelRequest } from '../../dialect.ts'
import { readTurns } from './read-turns.ts'

const known = new Set([
  ...['model', 'messages', 'stream', 'stream_options', 'max_tokens', 'max_completion_tokens', 'n', 'best_of', 'stop'],
  ...['temperature', 'top_p', 'top_k', 'seed', 'frequency_penalty', 'presence_penalty', 'tools', 'tool_choice'],
  ...['functions', 'function_call', 'parallel_tool_calls', 'response_format', 'reasoning_effort', 'user'],
  ...['safety_identifier', 'modalities', 'logprobs', 'logit_bias', 'store'],
])

const knownOfTool = new Set(['type', 'function', 'cache_control'])
const knownOfFunction = new Set(['name', 'description', 'parameters', 'strict'])

/** A chat in words of no dialect. */
export function readConversation(body: ModelRequest['body'], drop: Drop): Conversation {
  if ((numberOrNull(body.n) ?? 1) > 1) throw cannotSay('n')
  if ((numberOrNull(body.best_of) ?? 1) > 1) throw cannotSay('best_of')
  if (body.logprobs === true) throw cannotSay('logprobs')
  if (Object.keys(asRecord(body.logit_bias)).length > 0) throw cannotSay('logit_bias')
  dropUnknown(body, known, drop)
  const cap = Math.max(numberOrNull(body.max_tokens) ?? 0, numberOrNull(body.max_completion_tokens) ?? 0)
  return {
    ...readTurns(listOf(body.messages), drop),
    tools: [
      ...listOf(body.tools).map((tool, index) => readTool(tool, `tools.${index}`, drop)),
      ...listOf(body.functions).map((one, index) => readFunction(one, `functions.${index}`, drop)),
    ],
    toolChoice: readChoice(body.tool_choice ?? body.function_call),
    parallelTools: booleanOrNull(body.parallel_tool_calls),
    format: readFormat(asRecord(body.response_format)),
    outputCap: cap || null,
    stop: [body.stop ?? []].flat().map(String),
    temperature: numberOrNull(body.temperature),
    topP: numberOrNull(body.top_p),
    topK: numberOrNull(body.top_k),
    seed: numberOrNull(body.seed),
    frequencyPenalty: numberOrNull(body.frequency_penalty),
    presencePenalty: numberOrNull(body.presence_penalty),
    reasoning: readReasoning(body.reasoning_effort),
    user: textOr(body.safety_identifier, null) ?? textOr(body.user, null),
    stream: body.stream === true,
  }
}

function readTool(tool: unknown, path: string, drop: Drop): Tool {
  const { type, function: described, cache_control: cached } = asRecord(tool)
  if (type === 'custom') throw cannotSay(`${path}.type`, 'Describe it as a function with a JSON schema')
  dropUnknown(asRecord(tool), knownOfTool, drop, path)
  return { ...readFunction(described, `${path}.function`, drop), ...readCached(cached) }
}

function readFunction(described: unknown, path: string, drop: Drop): Tool {
  dropUnknown(asRecord(described), knownOfFunction, drop, path)
  const { name, description, parameters, strict } = asRecord(described)
  if (typeof name !== 'string') throw cannotSay(`${path}.name`, 'Give the tool a name')
  return {
    name,
    description: textOr(description, null),
    parameters: parameters ?? { type: 'object', properties: {} },
    isStrict: booleanOrNull(strict),
  }
}

function readChoice(choice: unknown): Conversation['toolChoice'] {
  if (choice === 'auto' || choice === 'none' || choice === 'required') return choice
  if (choice === undefined || choice === null) return null
  const { type, function: chosen, name, allowed_tools: allowed } = asRecord(choice)
  if (type === 'allowed_tools' || allowed !== undefined) throw cannotSay('tool_choice.type', 'Send only those tools')
  const wanted = asRecord(chosen).name ?? name
  if (typeof wanted !== 'string') throw cannotSay('tool_choice')
  return { name: wanted }
}

function readFormat({ type, json_schema: described }: Readonly<Record<string, unknown>>): Format | null {
  if (type === 'json_object') return { name: 'answer', description: null, schema: null, isStrict: null }
  if (type === undefined || type === null || type === 'text') return null
  if (type !== 'json_schema') throw cannotSay('response_format.type', 'Ask for a JSON schema')
  const { name, description, schema, strict } = asRecord(described)
  return {
    name: textOr(name, 'answer'),
    description: textOr(description, null),
    schema: schema ?? { type: 'object' },
    isStrict: booleanOrNull(strict),
  }
}

function readReasoning(effort: unknown): Conversation['reasoning'] {
  if (effort === undefined || effort === null) return null
  if (!efforts.includes(effort as Effort)) throw cannotSay('reasoning_effort', `Use one of ${efforts.join(', ')}`)
  return { effort: effort as Effort, budgetTokens: null, isShown: true }
}
