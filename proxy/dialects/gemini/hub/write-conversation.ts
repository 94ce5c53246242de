import { cannotSay } from '../../../hub/cannot-say.ts'
import type { AssistantPart, Conversation, FilePart, Reasoning, TextPart, UserPart } from '../../../hub/conversation.ts'
import { dropCached } from '../../../hub/drop-cached.ts'
import type { Drop } from '../../../hub/hub.ts'
import { asRecord } from '../../../json/as-record.ts'
import type { Target } from '../../dialect.ts'
import { isThirdGeneration } from '../is-third-generation.ts'
import { canThink } from './can-think.ts'
import { unsigned } from './unsigned.ts'

type Fields = Record<string, unknown>

/** Tokens to think in, for callers who say only how hard. */
const budgetOf: Record<string, number> = { none: 0, minimal: 512, low: 2048, medium: 8192, high: 24_576, xhigh: 24_576 }

/** The contents that ask the same; `stream` is no field of Google's, and is said by the method. */
export function writeConversation(conversation: Conversation, { upstreamModel }: Target, drop: Drop): Fields {
  const { system, turns, tools, toolChoice, format, stop, reasoning } = conversation
  if (conversation.parallelTools === false) drop('parallel_tool_calls')
  if (conversation.user !== null) drop('user')
  const names = namesOf(conversation)
  const config = {
    ...(conversation.temperature !== null && { temperature: conversation.temperature }),
    ...(conversation.topP !== null && { topP: conversation.topP }),
    ...(conversation.topK !== null && { topK: conversation.topK }),
    ...(conversation.seed !== null && { seed: conversation.seed }),
    ...(conversation.frequencyPenalty !== null && { frequencyPenalty: conversation.frequencyPenalty }),
    ...(conversation.presencePenalty !== null && { presencePenalty: conversation.presencePenalty }),
    ...(conversation.outputCap !== null && { maxOutputTokens: conversation.outputCap }),
    ...(stop.length > 0 && { stopSequences: stop }),
    ...(format && { responseMimeType: 'application/json' }),
    ...(format?.schema != null && { responseJsonSchema: format.schema }),
    ...(reasoning && thinkingConfig(reasoning, upstreamModel, drop)),
  }
  dropCached(conversation, drop)
  if (tools.some(({ isStrict }) => isStrict)) drop('strict')
  return {
    contents: turns.map(({ role, parts }) => ({
      role: role === 'assistant' ? 'model' : 'user',
      parts:
        role === 'assistant'
          ? writeSaid(parts, upstreamModel, drop)
          : inOrderOfCalls(parts, names).map((part) => writeShown(part, names, drop)),
    })),
    ...(system.length > 0 && { systemInstruction: { parts: system.map(({ text }) => ({ text })) } }),
    ...(tools.length > 0 && {
      tools: [
        {
          functionDeclarations: tools.map(({ name, description, parameters }) => {
            return { name, ...(description !== null && { description }), parametersJsonSchema: parameters }
          }),
        },
      ],
    }),
    ...(tools.length > 0 && toolChoice !== null && { toolConfig: { functionCallingConfig: writeChoice(toolChoice) } }),
    ...(Object.keys(config).length > 0 && { generationConfig: config }),
    stream: conversation.stream,
  }
}

/** Google answers a call by its name, and of one name in the order of the calls. */
function namesOf({ turns }: Conversation): Map<string, string> {
  const calls = turns.flatMap(({ role, parts }) => (role === 'assistant' ? parts : []))
  return new Map(calls.flatMap((part) => (part.type === 'tool call' ? [[part.id, part.name] as const] : [])))
}

/** Results where they stand, but in the order in which they were asked for. */
function inOrderOfCalls(parts: readonly UserPart[], names: Map<string, string>): UserPart[] {
  const order = [...names.keys()]
  const results = parts.filter((part) => part.type === 'tool result')
  const sorted = results.sort((one, other) => order.indexOf(one.id) - order.indexOf(other.id)).values()
  return parts.map((part) => (part.type === 'tool result' ? (sorted.next().value ?? part) : part))
}

function thinkingConfig(reasoning: Reasoning, upstreamModel: string, drop: Drop): Fields {
  const { effort, budgetTokens, isShown } = reasoning
  if (!canThink(upstreamModel)) {
    if (effort !== 'none') drop('reasoning')
    return {}
  }
  const shown = isShown ? { includeThoughts: true } : {}
  if (isThirdGeneration(upstreamModel)) {
    const isHard =
      effort === null ? (budgetTokens ?? 0) > 4096 : effort === 'medium' || effort === 'high' || effort === 'xhigh'
    // It thinks all the same, as little as it can.
    if (effort === 'none') drop('reasoning')
    return { thinkingConfig: { thinkingLevel: isHard ? 'high' : 'low', ...shown } }
  }
  return { thinkingConfig: { thinkingBudget: budgetTokens ?? budgetOf[effort ?? 'medium'], ...shown } }
}

function writeChoice(choice: NonNullable<Conversation['toolChoice']>): Fields {
  if (typeof choice !== 'string') return { mode: 'ANY', allowedFunctionNames: [choice.name] }
  return { mode: choice === 'required' ? 'ANY' : choice.toUpperCase() }
}

/** A seal of Google's stands on the part that follows the thought. */
function writeSaid(parts: readonly AssistantPart[], upstreamModel: string, drop: Drop): Fields[] {
  const written: Fields[] = []
  let seal: string | null = null
  let mustSign = isThirdGeneration(upstreamModel)
  for (const part of parts) {
    if (part.type === 'reasoning') {
      if (part.seal?.origin === 'gemini') seal = part.seal.value
      else drop(part.field)
      continue
    }
    const sealed: Fields = seal === null ? {} : { thoughtSignature: seal }
    seal = null
    if (part.type === 'text') written.push({ text: part.text, ...sealed })
    else {
      const signed = mustSign ? { thoughtSignature: unsigned, ...sealed } : sealed
      written.push({ functionCall: { name: part.name, args: argsOf(part.input) }, ...signed })
      mustSign = false
    }
  }
  // The last one came on a part that said nothing.
  if (seal !== null) written.push({ text: '', thoughtSignature: seal })
  return written
}

function argsOf(json: string): unknown {
  try {
    return asRecord(JSON.parse(json))
  } catch {
    // What a model wrote badly it shall see as it wrote it.
    return { value: json }
  }
}

function writeShown(part: UserPart, names: Map<string, string>, drop: Drop): Fields {
  if (part.type !== 'tool result') return writePart(part, drop)
  const text = part.parts.flatMap((one) => (one.type === 'text' ? one.text : [])).join('\n')
  const files = part.parts.flatMap((one) => (one.type === 'file' ? [writePart(one, drop)] : []))
  const response = part.isError ? { error: text } : { output: text }
  const name = names.get(part.id) ?? part.id
  return { functionResponse: { name, response, ...(files.length > 0 && { parts: files }) } }
}

function writePart(part: TextPart | FilePart, drop: Drop): Fields {
  if (part.type === 'text') return { text: part.text }
  if (part.detail && part.detail !== 'auto') drop('detail')
  const mimeType = part.mediaType === 'image/*' ? 'image/jpeg' : part.mediaType
  if ('url' in part.data && !part.data.url.startsWith('https://')) {
    throw cannotSay(part.path, 'Give an https address, or send the file itself')
  }
  if ('url' in part.data) return { fileData: { fileUri: part.data.url, mimeType } }
  return { inlineData: { mimeType, data: part.data.base64 } }
}
