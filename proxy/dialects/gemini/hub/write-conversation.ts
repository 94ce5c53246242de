import type { AssistantPart, Conversation, FilePart, Reasoning, TextPart, UserPart } from '../../../hub/conversation.ts'
import type { Drop } from '../../../hub/hub.ts'
import { asRecord } from '../../../json/as-record.ts'
import type { Target } from '../../dialect.ts'

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
  if (
    [...system, ...turns.flatMap(({ parts }) => parts as UserPart[])].some(
      (part) => 'isCached' in part && part.isCached,
    )
  ) {
    drop('cache_control')
  }
  return {
    contents: turns.map(({ role, parts }) => ({
      role: role === 'assistant' ? 'model' : 'user',
      parts: role === 'assistant' ? writeSaid(parts, upstreamModel) : parts.map((part) => writeShown(part, names)),
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

/** Google answers a call by its name. */
function namesOf({ turns }: Conversation): Map<string, string> {
  const calls = turns.flatMap(({ role, parts }) => (role === 'assistant' ? parts : []))
  return new Map(calls.flatMap((part) => (part.type === 'tool call' ? [[part.id, part.name] as const] : [])))
}

function thinkingConfig(reasoning: Reasoning, upstreamModel: string, drop: Drop): Fields {
  const { effort, budgetTokens, isShown } = reasoning
  if (!/gemini-(?:2\.5|[3-9])/.test(upstreamModel)) {
    if (effort !== 'none') drop('reasoning')
    return {}
  }
  const shown = isShown ? { includeThoughts: true } : {}
  if (/gemini-[3-9]/.test(upstreamModel)) {
    const isHard =
      effort === null ? (budgetTokens ?? 0) > 4096 : effort === 'medium' || effort === 'high' || effort === 'xhigh'
    return { thinkingConfig: { thinkingLevel: isHard ? 'high' : 'low', ...shown } }
  }
  return { thinkingConfig: { thinkingBudget: budgetTokens ?? budgetOf[effort ?? 'medium'], ...shown } }
}

function writeChoice(choice: NonNullable<Conversation['toolChoice']>): Fields {
  if (typeof choice !== 'string') return { mode: 'ANY', allowedFunctionNames: [choice.name] }
  return { mode: choice === 'required' ? 'ANY' : choice.toUpperCase() }
}

/**
 * What Gemini 3 takes on the first call of a step that another model made, instead of refusing it for want of a signature.
 * Source: Google's guide to thought signatures, "transferring a conversation trace from another model".
 */
const unsigned = 'skip_thought_signature_validator'

/** A seal of Google's stands on the part that follows the thought. */
function writeSaid(parts: readonly AssistantPart[], upstreamModel: string): Fields[] {
  const written: Fields[] = []
  let seal: string | null = null
  let mustSign = /gemini-[3-9]/.test(upstreamModel)
  for (const part of parts) {
    if (part.type === 'reasoning') {
      if (part.seal?.origin === 'gemini') seal = part.seal.value
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

function writeShown(part: UserPart, names: Map<string, string>): Fields {
  if (part.type !== 'tool result') return writePart(part)
  const text = part.parts.flatMap((one) => (one.type === 'text' ? one.text : [])).join('\n')
  const files = part.parts.flatMap((one) => (one.type === 'file' ? [writePart(one)] : []))
  const response = part.isError ? { error: text } : { output: text }
  const name = names.get(part.id) ?? part.id
  return { functionResponse: { name, response, ...(files.length > 0 && { parts: files }) } }
}

function writePart(part: TextPart | FilePart): Fields {
  if (part.type === 'text') return { text: part.text }
  const mimeType = part.mediaType === 'image/*' ? 'image/jpeg' : part.mediaType
  if ('url' in part.data) return { fileData: { fileUri: part.data.url, mimeType } }
  return { inlineData: { mimeType, data: part.data.base64 } }
}
