import type { AnswerPart, FinishReason } from '../../../hub/answer-part.ts'
import type { AnswerReader } from '../../../hub/hub.ts'
import { asRecord } from '../../../json/as-record.ts'
import { listOf, textOr } from '../../../json/read-value.ts'

const finishReasons: Record<string, FinishReason> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tools',
  function_call: 'tools',
  content_filter: 'filter',
}

/** Reads chunks of a chat, whichever vendor wrote them. */
export function openReader(): AnswerReader {
  const tools = openTools()
  let reason: FinishReason | null = null

  return {
    read(value) {
      const chunk = asRecord(value)
      const parts: AnswerPart[] = []
      if (chunk.error != null) return [failureOf(chunk.error)]
      const choice = asRecord(listOf(chunk.choices).find((one) => (asRecord(one).index ?? 0) === 0))
      const delta = asRecord(choice.delta ?? choice.message)
      addWords(delta, parts)
      for (const call of listOf(delta.tool_calls)) tools.add(asRecord(call), parts)
      if (delta.function_call) tools.add({ index: 0, function: delta.function_call }, parts)
      if (typeof choice.finish_reason === 'string') reason = finishReasons[choice.finish_reason] ?? 'stop'
      return parts
    },
    end() {
      const parts = tools.end()
      // A call that was forced ends with "stop", and some vendors end all of theirs so.
      if (reason === null || reason === 'stop') reason = tools.hasAny() ? 'tools' : 'stop'
      return [...parts, { type: 'finish', reason }]
    },
  }
}

function failureOf(error: unknown): AnswerPart {
  return { type: 'failure', message: textOr(asRecord(error).message, null) ?? textOr(error, 'The provider failed.') }
}

function addWords(delta: Readonly<Record<string, unknown>>, parts: AnswerPart[]): void {
  const thought = textOr(delta.reasoning_content, '') || textOr(delta.reasoning, '')
  if (thought !== '') parts.push({ type: 'reasoning', text: thought })
  addContent(delta.content, parts)
  const refusal = textOr(delta.refusal, '')
  if (refusal !== '') parts.push({ type: 'refusal', text: refusal })
  for (const annotation of listOf(delta.annotations)) {
    const { url, title } = asRecord(asRecord(annotation).url_citation)
    if (typeof url === 'string') parts.push({ type: 'citation', citation: { url, title: textOr(title, '') } })
  }
}

/** Text, or Mistral's parts and parts of thoughts. */
function addContent(content: unknown, parts: AnswerPart[]): void {
  if (typeof content === 'string' && content !== '') parts.push({ type: 'text', text: content })
  for (const value of listOf(content)) {
    const part = asRecord(value)
    const text = textOr(part.text, '')
    if (text !== '') parts.push({ type: 'text', text })
    for (const thought of listOf(part.thinking)) {
      const thinking = textOr(asRecord(thought).text, '')
      if (thinking !== '') parts.push({ type: 'reasoning', text: thinking })
    }
  }
}

/**
 * Calls of tools one after the other, although their pieces may come mixed: a call whose input is not yet JSON goes
 * on, and the others wait. Vendors that number none begin each with an id or a name.
 */
function openTools() {
  let current = null as { key: unknown; json: string } | null
  const waiting = new Map<unknown, AnswerPart[]>()
  let count = 0

  const say = (key: unknown, pieces: AnswerPart[], parts: AnswerPart[]): void => {
    if (current && current.key !== key && !isWhole(current.json)) {
      waiting.set(key, [...(waiting.get(key) ?? []), ...pieces])
      return
    }
    if (current?.key !== key) current = { key, json: '' }
    for (const piece of pieces) if (piece.type === 'input' && current) current.json += piece.json
    parts.push(...pieces)
  }

  return {
    add(call: Readonly<Record<string, unknown>>, parts: AnswerPart[]) {
      const { name, arguments: input } = asRecord(call.function)
      const isNew = typeof name === 'string' && name !== '' && call.index === undefined
      const key = call.index ?? (isNew ? `call ${count}` : current?.key)
      const isFirst = current?.key !== key && !waiting.has(key)
      const pieces: AnswerPart[] = []
      if (isFirst) {
        const id = textOr(call.id, '') || `call_${count}`
        pieces.push({ type: 'tool', id, name: textOr(name, '') })
        count++
      }
      const json = typeof input === 'object' && input !== null ? JSON.stringify(input) : textOr(input, '')
      if (json !== '') pieces.push({ type: 'input', json })
      say(key, pieces, parts)
    },
    end(): AnswerPart[] {
      return [...waiting.values()].flat()
    },
    hasAny: () => count > 0,
  }
}

function isWhole(json: string): boolean {
  try {
    JSON.parse(json || '{}')
    return true
  } catch {
    return false
  }
}
