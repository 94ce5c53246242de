import { cannotSay } from '../../../hub/cannot-say.ts'
import type {
  AssistantPart,
  Conversation,
  FilePart,
  TextPart,
  ToolResultPart,
  UserPart,
} from '../../../hub/conversation.ts'
import { urlOf } from '../../../hub/data-url.ts'
import type { Drop } from '../../../hub/hub.ts'
import type { Target } from '../../dialect.ts'
import { quirksOf } from '../quirks.ts'

type Message = Record<string, unknown>

/** Turns as the messages of a chat. */
export function writeMessages({ system, turns }: Conversation, { vendor }: Target, drop: Drop): Message[] {
  const { rereadsThoughts = false } = quirksOf(vendor)
  const messages: Message[] = []
  if (system.length > 0) messages.push({ role: 'system', content: system.map(({ text }) => text).join('\n\n') })
  const lastQuestion = turns.findLastIndex(
    ({ role, parts }) => role === 'user' && parts.some(({ type }) => type !== 'tool result'),
  )
  turns.forEach(({ role, parts }, index) => {
    if (role === 'user') messages.push(...writeUser(parts, drop))
    else messages.push(writeAssistant(parts, rereadsThoughts && index > lastQuestion, drop))
  })
  return messages
}

/** Results of tools are messages of their own, before whatever else the user says. */
function writeUser(parts: readonly UserPart[], drop: Drop): Message[] {
  const results = parts.filter((part) => part.type === 'tool result')
  const said = parts.filter((part) => part.type !== 'tool result')
  const pictures = results.flatMap((result) => result.parts.filter((part) => part.type === 'file'))
  const messages: Message[] = results.map(writeResult)
  // A tool message holds text only: what a tool showed follows as if the user had.
  if (pictures.length > 0) messages.push({ role: 'user', content: pictures.map((part) => writePart(part, drop)) })
  if (said.length > 0) messages.push({ role: 'user', content: writeSaid(said, drop) })
  return messages
}

function writeResult({ id, parts, isError }: ToolResultPart): Message {
  const text = parts.map((part) => (part.type === 'text' ? part.text : '(shown in the next message)')).join('\n')
  return { role: 'tool', tool_call_id: id, content: isError ? `Error: ${text}` : text }
}

function writeSaid(parts: readonly (TextPart | FilePart)[], drop: Drop): unknown {
  const [only] = parts
  if (parts.length === 1 && only?.type === 'text') return only.text
  return parts.map((part) => writePart(part, drop))
}

function writePart(part: TextPart | FilePart, drop: Drop): unknown {
  if (part.type === 'text') return { type: 'text', text: part.text }
  if (part.mediaType.startsWith('image/')) {
    return { type: 'image_url', image_url: { url: urlOf(part), ...(part.detail && { detail: part.detail }) } }
  }
  if (part.mediaType.startsWith('text/') && 'base64' in part.data) {
    if (part.name) drop('title')
    return { type: 'text', text: Buffer.from(part.data.base64, 'base64').toString('utf8') }
  }
  // Neither its pages nor its sound could be bounded by a budget.
  throw cannotSay(part.path, 'Send text or pictures, or use a model that takes documents')
}

function writeAssistant(parts: readonly AssistantPart[], isReread: boolean, drop: Drop): Message {
  const text = parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join('')
  const thoughts = parts.flatMap((part) => (part.type === 'reasoning' ? part.text : [])).join('')
  for (const part of parts) if (!isReread && part.type === 'reasoning') drop(part.field)
  const calls = parts.flatMap((part) =>
    part.type === 'tool call'
      ? { id: part.id, type: 'function', function: { name: part.name, arguments: part.input } }
      : [],
  )
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    ...(isReread && thoughts !== '' && { reasoning_content: thoughts }),
    ...(calls.length > 0 && { tool_calls: calls }),
  }
}
