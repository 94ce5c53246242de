import { cannotSay } from '../../../hub/cannot-say.ts'
import type { AssistantPart, FilePart, TextPart, Turn, UserPart } from '../../../hub/conversation.ts'
import type { Drop } from '../../../hub/hub.ts'
import { asRecord } from '../../../json/as-record.ts'
import { listOf, textOr } from '../../../json/read-value.ts'
import { camelOf, field } from '../fields.ts'
import { sealOf } from '../seals.ts'
import { unsigned } from './unsigned.ts'

type Part = Readonly<Record<string, unknown>>

/** What of a part only Google heeds. */
const unread = new Set(['videoMetadata', 'mediaResolution', 'partMetadata'])

/** Contents as turns. Calls that have no id are told from each other by their order. */
export function readTurns(contents: unknown[], drop: Drop): Turn[] {
  const turns: Turn[] = []
  const calls = openCalls()
  contents.forEach((value, index) => {
    const { role, parts } = asRecord(value)
    const turnRole = role === 'model' ? 'assistant' : 'user'
    const read = listOf(parts).flatMap((part, at): (UserPart | AssistantPart)[] => {
      const path = `contents.${index}.parts.${at}`
      for (const name of Object.keys(asRecord(part))) if (unread.has(camelOf(name))) drop(`${path}.${name}`)
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
      joined[joined.length - 1] = { ...last, text: part.seal?.thought ?? last.text + part.text, seal: part.seal }
    else joined.push(part)
  }
  return joined
}

export function readTexts(content: unknown, path: string): TextPart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  return listOf(asRecord(content).parts).flatMap((part, index) => {
    const { text } = asRecord(part)
    if (typeof text !== 'string') throw cannotSay(`${path}.parts.${index}`, 'Send text only')
    return text === '' ? [] : [{ type: 'text' as const, text }]
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
  const seal = signature === '' || signature === unsigned ? null : sealOf(signature)
  const call = asRecord(field(part, 'functionCall'))
  const text = textOr(part.text, '')
  if (part.thought === true) return [{ type: 'reasoning', field: 'thought', text, seal }]
  const thought = seal?.thought ?? ''
  const sealed: AssistantPart[] = seal ? [{ type: 'reasoning', field: 'thoughtSignature', text: thought, seal }] : []
  if (typeof call.name === 'string') {
    const id = calls.begin(call.name, call.id)
    return [...sealed, { type: 'tool call', id, path, name: call.name, input: JSON.stringify(call.args ?? {}) }]
  }
  if (part.text === undefined) throw cannotSay(path, 'Send text, thoughts and functionCall')
  return text === '' ? sealed : [...sealed, { type: 'text', text }]
}

function readShown(part: Part, path: string, calls: Calls): UserPart[] {
  const response = asRecord(field(part, 'functionResponse'))
  if (typeof response.name === 'string') {
    const id = calls.end(response.name, response.id)
    const { output, error } = asRecord(response.response)
    const isError = typeof error === 'string' && output === undefined
    const text = textOr(output, null) ?? (isError ? error : JSON.stringify(response.response ?? {}))
    const files = listOf(response.parts).flatMap((one, at) => fileOf(asRecord(one), `${path}.parts.${at}`) ?? [])
    return [
      {
        type: 'tool result',
        id,
        path,
        parts: [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...files],
        isError,
      },
    ]
  }
  const file = fileOf(part, path)
  if (file) return [file]
  if (typeof part.text !== 'string') throw cannotSay(path, 'Send text, inlineData, fileData or functionResponse')
  return part.text === '' ? [] : [{ type: 'text', text: part.text }]
}

function fileOf(part: Part, path: string): FilePart | null {
  const inline = asRecord(field(part, 'inlineData'))
  if (typeof inline.data === 'string') {
    return {
      type: 'file',
      path,
      mediaType: textOr(field(inline, 'mimeType'), 'image/*'),
      data: { base64: inline.data },
    }
  }
  const file = asRecord(field(part, 'fileData'))
  const url = field(file, 'fileUri')
  return typeof url === 'string'
    ? { type: 'file', path, mediaType: textOr(field(file, 'mimeType'), 'image/*'), data: { url } }
    : null
}
