import { cannotSay } from '../../../hub/cannot-say.ts'
import type { AssistantPart, Conversation, TextPart, Turn, UserPart } from '../../../hub/conversation.ts'
import { fileOf } from '../../../hub/data-url.ts'
import { dropUnknown } from '../../../hub/drop-unknown.ts'
import type { Drop } from '../../../hub/hub.ts'
import { readCached } from '../../../hub/read-cached.ts'
import { readSeal } from '../../../hub/seal-text.ts'
import { asRecord } from '../../../json/as-record.ts'
import { listOf, textOr } from '../../../json/read-value.ts'

const knownOfMessage = new Set([
  ...['role', 'content', 'name', 'tool_calls', 'tool_call_id', 'function_call', 'refusal', 'audio'],
  ...['reasoning_content', 'reasoning', 'reasoning_details'],
])
const knownOfCall = new Set(['id', 'type', 'index', 'function'])
const knownOfPart = new Set(['type', 'text', 'refusal', 'image_url', 'file', 'cache_control'])

/** The messages of a chat as turns: results of tools are the user's, and what one side says in a row is one turn. */
export function readTurns(messages: unknown[], drop: Drop): Pick<Conversation, 'system' | 'turns'> {
  const system: TextPart[] = []
  const turns: Turn[] = []
  messages.forEach((value, index) => {
    const message = asRecord(value)
    const path = `messages.${index}`
    dropUnknown(message, knownOfMessage, drop, path)
    listOf(message.content).forEach((part, at) => {
      dropUnknown(asRecord(part), knownOfPart, drop, `${path}.content.${at}`)
    })
    listOf(message.tool_calls).forEach((call, at) => {
      dropUnknown(asRecord(call), knownOfCall, drop, `${path}.tool_calls.${at}`)
    })
    // Who of several people speaks; of a function it is which one answers.
    if (message.role !== 'function' && textOr(message.name, '') !== '') drop(`${path}.name`)
    switch (message.role) {
      case 'system':
      case 'developer':
        system.push(...readTexts(message.content, path))
        break
      case 'user':
        add(turns, 'user', readParts(message.content, path))
        break
      case 'assistant':
        add(turns, 'assistant', readAssistant(message, path))
        break
      case 'tool':
      case 'function': {
        const id = textOr(message.tool_call_id, null) ?? `call_${textOr(message.name, 'tool')}`
        add(turns, 'user', [
          {
            type: 'tool result',
            id,
            path: `${path}.tool_call_id`,
            parts: readParts(message.content, path),
            isError: false,
          },
        ])
        break
      }
      default:
        throw cannotSay(`${path}.role`, 'Use system, developer, user, assistant or tool')
    }
  })
  return { system, turns }
}

function add(turns: Turn[], role: Turn['role'], parts: (UserPart | AssistantPart)[]): void {
  const last = turns.at(-1)
  if (last?.role === role) (last.parts as unknown[]).push(...parts)
  else if (parts.length > 0) turns.push({ role, parts } as Turn)
}

function readTexts(content: unknown, path: string): TextPart[] {
  return readParts(content, path).map((part, index) => {
    if (part.type !== 'text') throw cannotSay(`${path}.content.${index}.type`, 'Send text only')
    return part
  })
}

type SaidPart = Extract<UserPart, { type: 'text' | 'file' }>

function readParts(content: unknown, path: string): SaidPart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  return listOf(content).map((part, index) => readPart(asRecord(part), `${path}.content.${index}`))
}

function readPart(part: Readonly<Record<string, unknown>>, path: string): SaidPart {
  const cached = readCached(part.cache_control)
  switch (part.type) {
    case 'text':
      return { type: 'text', text: textOr(part.text, ''), ...cached }
    case 'refusal':
      return { type: 'text', text: textOr(part.refusal, '') }
    case 'image_url': {
      const image = asRecord(part.image_url)
      const url = textOr(image.url, null) ?? textOr(part.image_url, '')
      const detail = textOr(image.detail, null)
      return { type: 'file', path, ...fileOf(url, 'image/*'), ...(detail && { detail }), ...cached }
    }
    case 'file': {
      const file = asRecord(part.file)
      const name = textOr(file.filename, null)
      return {
        type: 'file',
        path,
        ...fileOf(textOr(file.file_data, ''), 'application/pdf'),
        ...(name && { name }),
        ...cached,
      }
    }
    default:
      throw cannotSay(`${path}.type`, 'Send text, images or files')
  }
}

function readAssistant(message: Readonly<Record<string, unknown>>, path: string): AssistantPart[] {
  const parts: AssistantPart[] = [...readThoughts(message)]
  for (const part of readParts(message.content, path)) {
    if (part.type !== 'text') throw cannotSay(part.path, 'Let only the user show it')
    parts.push(part)
  }
  if (message.audio != null) throw cannotSay(`${path}.audio`, 'Send what was said as text')
  if (typeof message.refusal === 'string') parts.push({ type: 'text', text: message.refusal })
  listOf(message.tool_calls).forEach((value, index) => {
    const call = asRecord(value)
    const { name, arguments: input } = asRecord(call.function)
    if (typeof name !== 'string') throw cannotSay(`${path}.tool_calls.${index}.function.name`, 'Name the tool')
    const at = `${path}.tool_calls.${index}.id`
    parts.push({
      type: 'tool call',
      id: textOr(call.id, `call_${index}`),
      path: at,
      name,
      input: textOr(input, '{}') || '{}',
    })
  })
  const { name, arguments: input } = asRecord(message.function_call)
  if (typeof name === 'string')
    parts.push({
      type: 'tool call',
      id: `call_${name}`,
      path: `${path}.function_call`,
      name,
      input: textOr(input, '{}'),
    })
  return parts
}

/** Thoughts as OpenRouter's clients give them back, with their seals; else those that some vendors show as text. */
function readThoughts(message: Readonly<Record<string, unknown>>): AssistantPart[] {
  const details = listOf(message.reasoning_details).map(asRecord)
  if (details.length === 0) {
    const field = typeof message.reasoning_content === 'string' ? 'reasoning_content' : 'reasoning'
    const text = textOr(message[field], '')
    return text === '' ? [] : [{ type: 'reasoning', field, text, seal: null }]
  }
  return details.map(({ type, text, signature, data }) => {
    const sealed = type === 'reasoning.encrypted' ? data : signature
    const seal = typeof sealed === 'string' && sealed !== '' ? readSeal(sealed, 'openai-chat') : null
    return { type: 'reasoning', field: 'reasoning_details', text: textOr(text, ''), seal }
  })
}
