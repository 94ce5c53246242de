import { cannotSay } from '../../../hub/cannot-say.ts'
import type { AssistantPart, FilePart, TextPart, Turn, UserPart } from '../../../hub/conversation.ts'
import { readSeal } from '../../../hub/seal-text.ts'
import { asRecord } from '../../../json/as-record.ts'
import { listOf, textOr } from '../../../json/read-value.ts'
import { field } from '../fields.ts'

type Part = Readonly<Record<string, unknown>>

/** Contents as turns. Calls that have no id are told from each other by their order. */
export function readTurns(contents: unknown[]): Turn[] {
  const turns: Turn[] = []
  const calls = openCalls()
  contents.forEach((value, index) => {
    const { role, parts } = asRecord(value)
    const turnRole = role === 'model' ? 'assistant' : 'user'
    const read = listOf(parts).flatMap((part, at): (UserPart | AssistantPart)[] => {
      const path = `contents.${index}.parts.${at}`
      return turnRole === 'assistant' ? readSaid(asRecord(part), path, calls) : readShown(asRecord(part), path, calls)
    })
    const last = turns.at(-1)
    const joined = turnRole === 'assistant' ? joinThoughts(read as AssistantPart[]) : read
    if (last && last.role === turnRole) (last.parts as unknown[]).push(...joined)
    else turns.push({ role: turnRole, parts: joined } as Turn)
  })
  return turns
}

/** A thought came in pieces, and its seal stands on what followed it: who made the seal wants to see both as one. */
function joinThoughts(parts: AssistantPart[]): AssistantPart[] {
  const joined: AssistantPart[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (part.type === 'reasoning' && last?.type === 'reasoning' && last.seal === null)
      joined[joined.length - 1] = { type: 'reasoning', text: last.text + part.text, seal: part.seal }
    else joined.push(part)
  }
  return joined
}

export function readTexts(content: unknown): TextPart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  return listOf(asRecord(content).parts).flatMap((part) => {
    const { text } = asRecord(part)
    return typeof text === 'string' && text !== '' ? [{ type: 'text' as const, text }] : []
  })
}

type Calls = ReturnType<typeof openCalls>

function openCalls() {
  const open = new Map<string, string[]>()
  let count = 0
  return {
    begin(name: string, id: unknown): string {
      const known = textOr(id, '') || `call_${name}_${count++}`
      open.set(name, [...(open.get(name) ?? []), known])
      return known
    },
    end(name: string, id: unknown): string {
      const [first, ...rest] = open.get(name) ?? []
      open.set(name, rest)
      return textOr(id, '') || (first ?? `call_${name}`)
    },
  }
}

function readSaid(part: Part, path: string, calls: Calls): AssistantPart[] {
  const signature = textOr(field(part, 'thoughtSignature'), '')
  const seal = signature === '' ? null : readSeal(signature, 'gemini')
  const call = asRecord(field(part, 'functionCall'))
  const text = textOr(part.text, '')
  if (part.thought === true) return [{ type: 'reasoning', text, seal }]
  const sealed: AssistantPart[] = seal ? [{ type: 'reasoning', text: '', seal }] : []
  if (typeof call.name === 'string') {
    const id = calls.begin(call.name, call.id)
    return [...sealed, { type: 'tool call', id, name: call.name, input: JSON.stringify(call.args ?? {}) }]
  }
  if (part.text === undefined) throw cannotSay(path, 'Send text, thoughts and functionCall')
  return text === '' ? sealed : [...sealed, { type: 'text', text }]
}

function readShown(part: Part, path: string, calls: Calls): UserPart[] {
  const response = asRecord(field(part, 'functionResponse'))
  if (typeof response.name === 'string') {
    const id = calls.end(response.name, response.id)
    const text = textOr(asRecord(response.response).output, null) ?? JSON.stringify(response.response ?? {})
    const files = listOf(response.parts).flatMap((one) => fileOf(asRecord(one)) ?? [])
    return [{ type: 'tool result', id, parts: [{ type: 'text', text }, ...files], isError: false }]
  }
  const file = fileOf(part)
  if (file) return [file]
  if (typeof part.text !== 'string') throw cannotSay(path, 'Send text, inlineData, fileData or functionResponse')
  return part.text === '' ? [] : [{ type: 'text', text: part.text }]
}

function fileOf(part: Part): FilePart | null {
  const inline = asRecord(field(part, 'inlineData'))
  if (typeof inline.data === 'string') {
    return { type: 'file', mediaType: textOr(field(inline, 'mimeType'), 'image/*'), data: { base64: inline.data } }
  }
  const file = asRecord(field(part, 'fileData'))
  const url = field(file, 'fileUri')
  return typeof url === 'string'
    ? { type: 'file', mediaType: textOr(field(file, 'mimeType'), 'image/*'), data: { url } }
    : null
}
