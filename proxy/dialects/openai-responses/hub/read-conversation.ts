import { cannotSay } from '../../../hub/cannot-say.ts'
import { type Conversation, type Effort, efforts, type Format, type Tool } from '../../../hub/conversation.ts'
import { dropUnknown } from '../../../hub/drop-unknown.ts'
import type { Drop } from '../../../hub/hub.ts'
import { asRecord } from '../../../json/as-record.ts'
import { booleanOrNull, listOf, numberOrNull, textOr } from '../../../json/read-value.ts'
import type { ModelRequest } from '../../dialect.ts'
import { toolsOf } from '../tools-of.ts'
import { flatName } from './flat-name.ts'
import { readTurns } from './read-turns.ts'

const known = new Set([
  ...['model', 'input', 'instructions', 'stream', 'max_output_tokens', 'temperature', 'top_p', 'tools', 'tool_choice'],
  ...['parallel_tool_calls', 'text', 'reasoning', 'user', 'safety_identifier', 'include', 'background'],
  ...['top_logprobs', 'previous_response_id', 'store', 'stream_options', 'truncation'],
])

const knownOfReasoning = new Set(['effort', 'summary'])
const knownOfText = new Set(['format', 'verbosity'])
const knownOfTool = new Set(['type', 'name', 'description', 'parameters', 'strict'])

/** A request for a response in words of no dialect. */
export function readConversation(body: ModelRequest['body'], drop: Drop): Conversation {
  if (body.previous_response_id != null) throw cannotSay('previous_response_id', 'Send the whole conversation as input')
  if ((numberOrNull(body.top_logprobs) ?? 0) > 0) throw cannotSay('top_logprobs')
  if (body.truncation === 'auto') drop('truncation')
  listOf(body.include).forEach((name, index) => {
    if (name === 'message.output_text.logprobs') throw cannotSay(`include.${index}`)
    if (name !== 'reasoning.encrypted_content') drop(`include.${index}`)
  })
  dropUnknown(body, known, drop)
  const { effort, summary } = asRecord(body.reasoning)
  dropUnknown(asRecord(body.reasoning), knownOfReasoning, drop, 'reasoning')
  dropUnknown(asRecord(body.text), knownOfText, drop, 'text')
  if (effort == null && summary != null) drop('reasoning.summary')
  const { system, turns } = readTurns(body.input, drop)
  const text = asRecord(body.text)
  if (text.verbosity != null) drop('text.verbosity')
  return {
    system: [...(body.instructions ? [{ type: 'text' as const, text: String(body.instructions) }] : []), ...system],
    turns,
    tools: toolsOf(body).map(({ tool, path, namespace }) => readTool(tool, path, namespace, drop)),
    toolChoice: readChoice(body.tool_choice),
    parallelTools: booleanOrNull(body.parallel_tool_calls),
    format: readFormat(asRecord(text.format)),
    outputCap: numberOrNull(body.max_output_tokens),
    stop: [],
    temperature: numberOrNull(body.temperature),
    topP: numberOrNull(body.top_p),
    topK: null,
    seed: null,
    frequencyPenalty: null,
    presencePenalty: null,
    reasoning: readReasoning(asRecord(body.reasoning)),
    user: textOr(body.safety_identifier, null) ?? textOr(body.user, null),
    stream: body.stream === true,
  }
}

function readTool(tool: Readonly<Record<string, unknown>>, path: string, namespace: string | null, drop: Drop): Tool {
  const { type, name, description, parameters, strict } = tool
  if (type !== 'function' || typeof name !== 'string') {
    throw cannotSay(`${path}.type`, 'Describe it as a function with a JSON schema')
  }
  dropUnknown(tool, knownOfTool, drop, path)
  return {
    name: flatName(namespace, name),
    description: textOr(description, null),
    parameters: parameters ?? { type: 'object', properties: {} },
    isStrict: booleanOrNull(strict),
  }
}

function readChoice(choice: unknown): Conversation['toolChoice'] {
  if (choice === 'auto' || choice === 'none' || choice === 'required') return choice
  if (choice === undefined || choice === null) return null
  const { type, name, namespace } = asRecord(choice)
  if (type !== 'function' || typeof name !== 'string') throw cannotSay('tool_choice.type', 'Name a function')
  return { name: flatName(namespace, name) }
}

function readFormat({ type, name, description, schema, strict }: Readonly<Record<string, unknown>>): Format | null {
  if (type === 'json_object') return { name: 'answer', description: null, schema: null, isStrict: null }
  if (type === undefined || type === null || type === 'text') return null
  if (type !== 'json_schema') throw cannotSay('text.format.type', 'Ask for a JSON schema')
  return {
    name: textOr(name, 'answer'),
    description: textOr(description, null),
    schema,
    isStrict: booleanOrNull(strict),
  }
}

function readReasoning({ effort, summary }: Readonly<Record<string, unknown>>): Conversation['reasoning'] {
  if (effort === undefined || effort === null) return null
  if (!efforts.includes(effort as Effort)) throw cannotSay('reasoning.effort', `Use one of ${efforts.join(', ')}`)
  return { effort: effort as Effort, budgetTokens: null, isShown: summary != null }
}
