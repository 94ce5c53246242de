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
import { asRecord } from '../../../json/as-record.ts'
import { listOf, numberOrNull, textOr } from '../../../json/read-value.ts'
import type { ModelRequest } from '../../dialect.ts'
import { camelOf, field, spellingOf } from '../fields.ts'
import { plainSchema } from './plain-schema.ts'
import { readTexts, readTurns } from './read-turns.ts'

const known = new Set(['contents', 'systemInstruction', 'tools', 'toolConfig', 'generationConfig'])

const knownConfig = new Set([
  ...['temperature', 'topP', 'topK', 'maxOutputTokens', 'stopSequences', 'seed', 'presencePenalty', 'frequencyPenalty'],
  ...[
    'responseMimeType',
    'responseSchema',
    'responseJsonSchema',
    'thinkingConfig',
    'candidateCount',
    'responseLogprobs',
  ],
])

const knownOfFunction = new Set(['name', 'description', 'parameters', 'parametersJsonSchema'])
const knownOfToolConfig = new Set(['functionCallingConfig'])
const knownOfThinking = new Set(['includeThoughts', 'thinkingBudget', 'thinkingLevel'])

/** Contents in words of no dialect. */
export function readConversation(body: ModelRequest['body'], drop: Drop): Conversation {
  const config = asRecord(field(body, 'generationConfig'))
  dropUnknown(body, known, drop, null, camelOf)
  dropUnknown(config, knownConfig, drop, 'generationConfig', camelOf)
  if ((numberOrNull(field(config, 'candidateCount')) ?? 1) > 1) throw cannotSay('generationConfig.candidateCount')
  if (field(config, 'responseLogprobs') === true) throw cannotSay('generationConfig.responseLogprobs')
  const modalities = listOf(field(config, 'responseModalities')).map((one) => String(one).toUpperCase())
  if (modalities.length > 0 && !modalities.includes('TEXT'))
    throw cannotSay('generationConfig.responseModalities', 'Ask for text')
  const thinking = asRecord(field(config, 'thinkingConfig'))
  dropUnknown(thinking, knownOfThinking, drop, 'generationConfig.thinkingConfig', camelOf)
  const toolConfig = asRecord(field(body, 'toolConfig'))
  dropUnknown(toolConfig, knownOfToolConfig, drop, spellingOf(body, 'toolConfig'), camelOf)
  listOf(body.tools).forEach((tool, index) => {
    for (const name of Object.keys(asRecord(tool))) {
      if (camelOf(name) !== 'functionDeclarations' && asRecord(tool)[name] != null) {
        throw cannotSay(`tools.${index}.${name}`, 'Declare the functions of your own')
      }
    }
  })
  const choice = asRecord(field(toolConfig, 'functionCallingConfig'))
  return {
    system: readTexts(field(body, 'systemInstruction'), spellingOf(body, 'systemInstruction') ?? ''),
    turns: readTurns(listOf(body.contents), drop),
    tools: listOf(body.tools).flatMap((tool, at) =>
      listOf(field(asRecord(tool), 'functionDeclarations')).map((one, index) =>
        readTool(one, `tools.${at}.${spellingOf(asRecord(tool), 'functionDeclarations')}.${index}`, drop),
      ),
    ),
    toolChoice: readChoice(choice),
    parallelTools: null,
    format: readFormat(config),
    outputCap: numberOrNull(field(config, 'maxOutputTokens')),
    stop: listOf(field(config, 'stopSequences')).map(String),
    temperature: numberOrNull(config.temperature),
    topP: numberOrNull(field(config, 'topP')),
    topK: numberOrNull(field(config, 'topK')),
    seed: numberOrNull(config.seed),
    frequencyPenalty: numberOrNull(field(config, 'frequencyPenalty')),
    presencePenalty: numberOrNull(field(config, 'presencePenalty')),
    reasoning: readReasoning(thinking),
    user: null,
    stream: body.stream === true,
  }
}

function readTool(value: unknown, path: string, drop: Drop): Tool {
  const described = asRecord(value)
  if (typeof described.name !== 'string') throw cannotSay(`${path}.name`, 'Give the tool a name')
  dropUnknown(described, knownOfFunction, drop, path, camelOf)
  // Google takes its own spelling in both.
  const parameters = plainSchema(field(described, 'parametersJsonSchema') ?? described.parameters)
  return {
    name: described.name,
    description: textOr(described.description, null),
    parameters: parameters ?? { type: 'object', properties: {} },
    isStrict: null,
  }
}

function readChoice(config: Readonly<Record<string, unknown>>): Conversation['toolChoice'] {
  const mode = textOr(config.mode, '').toUpperCase()
  if (mode === 'NONE') return 'none'
  if (mode === '' || mode === 'MODE_UNSPECIFIED') return null
  if (mode === 'AUTO') return 'auto'
  if (mode !== 'ANY') throw cannotSay('toolConfig.functionCallingConfig.mode', 'Use AUTO, ANY or NONE')
  const allowed = listOf(field(config, 'allowedFunctionNames')).map(String)
  const [only] = allowed
  if (allowed.length > 1)
    throw cannotSay('toolConfig.functionCallingConfig.allowedFunctionNames', 'Send only those tools')
  return only === undefined ? 'required' : { name: only }
}

function readFormat(config: Readonly<Record<string, unknown>>): Format | null {
  const type = field(config, 'responseMimeType') ?? 'text/plain'
  const wanted = field(config, 'responseJsonSchema') ?? field(config, 'responseSchema') ?? null
  if (type === 'text/plain' && wanted !== null) {
    const name = spellingOf(config, 'responseJsonSchema') ?? spellingOf(config, 'responseSchema')
    throw cannotSay(`generationConfig.${name}`, 'Ask for the responseMimeType application/json, to which it belongs')
  }
  if (type === 'text/plain') return null
  if (type !== 'application/json') throw cannotSay('generationConfig.responseMimeType', 'Ask for JSON or text')
  return { name: 'answer', description: null, schema: plainSchema(wanted), isStrict: null }
}

function readReasoning(config: Readonly<Record<string, unknown>>): Reasoning | null {
  const budgetTokens = numberOrNull(field(config, 'thinkingBudget'))
  const level = textOr(field(config, 'thinkingLevel'), '').toLowerCase()
  const isShown = field(config, 'includeThoughts') === true
  if (budgetTokens === 0) return { effort: 'none', budgetTokens: null, isShown: false }
  if (level !== '' && level !== 'thinking_level_unspecified' && !efforts.includes(level as Effort)) {
    throw cannotSay('generationConfig.thinkingConfig.thinkingLevel', 'Use minimal, low, medium or high')
  }
  if (efforts.includes(level as Effort)) return { effort: level as Effort, budgetTokens: null, isShown }
  if (budgetTokens === null && !isShown) return null
  // -1: as the model likes.
  return budgetTokens === null || budgetTokens < 0
    ? { effort: 'medium', budgetTokens: null, isShown }
    : { effort: null, budgetTokens, isShown }
}
