import { cannotSay } from '../../../hub/cannot-say.ts'
import {
  type Conversation,
  type Effort,
  efforts,
  type Format,
  type Reasoning,
  type Tool,
} from '../../../hub/conversation.ts'
import { dropUnknown } from '../../../hub/drop-unknown.ts'
import type { Drop } from '../../../hub/hub.ts'
import { readCached } from '../../../hub/read-cached.ts'
import { asRecord } from '../../../json/as-record.ts'
import { booleanOrNull, listOf, numberOrNull, textOr } from '../../../json/read-value.ts'
import type { ModelRequest } from '../../dialect.ts'
import { readTexts, readTurns } from './read-turns.ts'

const known = new Set([
  ...['model', 'max_tokens', 'messages', 'system', 'stream', 'tools', 'tool_choice', 'stop_sequences', 'temperature'],
  ...['top_p', 'top_k', 'thinking', 'output_config', 'output_format', 'metadata', 'cache_control'],
])

const knownOfTool = new Set([
  ...['type', 'name', 'description', 'input_schema', 'strict', 'cache_control', 'defer_loading'],
])
const knownWithin = {
  thinking: new Set(['type', 'budget_tokens', 'display']),
  output_config: new Set(['effort', 'format']),
  tool_choice: new Set(['type', 'name', 'disable_parallel_tool_use']),
  metadata: new Set(['user_id']),
}

/** Messages in words of no dialect. */
export function readConversation(body: ModelRequest['body'], drop: Drop): Conversation {
  dropUnknown(body, known, drop)
  for (const [field, names] of Object.entries(knownWithin)) dropUnknown(asRecord(body[field]), names, drop, field)
  const choice = asRecord(body.tool_choice)
  const { system, turns } = readTurns(listOf(body.messages), drop)
  // Asked of the whole, it is kept up to the last of what may be kept.
  const last = turns.at(-1)?.parts.at(-1)
  if (last && last.type !== 'reasoning' && last.type !== 'tool call')
    Object.assign(last, readCached(body.cache_control))
  const output = asRecord(body.output_config)
  return {
    system: [...readTexts(body.system, 'system'), ...system],
    turns,
    tools: readTools(body, choice.name, drop),
    toolChoice: readChoice(choice),
    parallelTools: choice.disable_parallel_tool_use === true ? false : null,
    format: readFormat(asRecord(output.format ?? body.output_format)),
    outputCap: numberOrNull(body.max_tokens),
    stop: listOf(body.stop_sequences).map(String),
    temperature: numberOrNull(body.temperature),
    topP: numberOrNull(body.top_p),
    topK: numberOrNull(body.top_k),
    seed: null,
    frequencyPenalty: null,
    presencePenalty: null,
    reasoning: readReasoning(asRecord(body.thinking), output.effort),
    user: textOr(asRecord(body.metadata).user_id, null),
    stream: body.stream === true,
  }
}

/** Those that are deferred are not there before a search of the caller's has found them. */
function readTools({ tools, messages }: ModelRequest['body'], chosen: unknown, drop: Drop): Tool[] {
  const found = namesFound(messages)
  return listOf(tools).flatMap((value, index) => {
    dropUnknown(asRecord(value), knownOfTool, drop, `tools.${index}`)
    const tool = readTool(value, index)
    const isHere = asRecord(value).defer_loading !== true || found.has(tool.name) || tool.name === chosen
    return isHere ? tool : []
  })
}

function namesFound(messages: unknown): Set<unknown> {
  const blocks = listOf(messages).flatMap((message) => listOf(asRecord(message).content).map(asRecord))
  const shown = blocks.flatMap(({ content }) => listOf(content).map(asRecord))
  return new Set(shown.flatMap(({ type, tool_name: name }) => (type === 'tool_reference' ? name : [])))
}

function readTool(value: unknown, index: number): Tool {
  const { type, name, description, input_schema: parameters, strict, cache_control: cached } = asRecord(value)
  if (typeof type === 'string' && type !== 'custom') {
    throw cannotSay(`tools.${index}.type`, 'Describe the tool with an input_schema of your own')
  }
  if (typeof name !== 'string') throw cannotSay(`tools.${index}.name`, 'Give the tool a name')
  return {
    name,
    description: textOr(description, null),
    parameters: parameters ?? { type: 'object', properties: {} },
    isStrict: booleanOrNull(strict),
    ...readCached(cached),
  }
}

function readChoice({ type, name }: Readonly<Record<string, unknown>>): Conversation['toolChoice'] {
  if (type === 'tool' && typeof name === 'string') return { name }
  if (type === 'any') return 'required'
  if (type === 'auto' || type === 'none') return type
  if (type === undefined || type === null) return null
  throw cannotSay('tool_choice.type', 'Use auto, any, tool or none')
}

function readFormat({ type, schema }: Readonly<Record<string, unknown>>): Format | null {
  if (type === undefined || type === null) return null
  if (type !== 'json_schema') throw cannotSay('output_config.format.type', 'Ask for a JSON schema')
  return { name: 'answer', description: null, schema, isStrict: true }
}

function readReasoning(thinking: Readonly<Record<string, unknown>>, wanted: unknown): Reasoning | null {
  if (wanted !== undefined && wanted !== null && wanted !== 'max' && !efforts.includes(wanted as Effort)) {
    throw cannotSay('output_config.effort', 'Use low, medium, high or max')
  }
  const effort = wanted === 'max' ? 'xhigh' : efforts.includes(wanted as Effort) ? (wanted as Effort) : null
  const isShown = thinking.display !== 'omitted'
  if (thinking.type === 'disabled') return { effort: 'none', budgetTokens: null, isShown: false }
  if (thinking.type === 'enabled') return { effort, budgetTokens: numberOrNull(thinking.budget_tokens), isShown }
  if (thinking.type === 'adaptive') return { effort: effort ?? 'medium', budgetTokens: null, isShown }
  if (thinking.type != null) throw cannotSay('thinking.type', 'Use enabled, adaptive or disabled')
  return effort && { effort, budgetTokens: null, isShown: false }
}
