import { cannotSay } from '../../../hub/cannot-say.ts'
import type { AssistantPart, Conversation, FilePart, TextPart, Turn, UserPart } from '../../../hub/conversation.ts'
import { fileOf } from '../../../hub/data-url.ts'
import { dropUnknown } from '../../../hub/drop-unknown.ts'
import type { Drop } from '../../../hub/hub.ts'
import { readSeal } from '../../../hub/seal-text.ts'
import { asRecord } from '../../../json/as-record.ts'
import { listOf, textOr } from '../../../json/read-value.ts'
import { flatName } from './flat-name.ts'

type Item = Readonly<Record<string, unknown>>

const knownOfItem = new Set([
  ...['type', 'id', 'status', 'role', 'content', 'call_id', 'name', 'namespace', 'arguments', 'output', 'summary'],
  ...['encrypted_content', 'tools'],
])
const knownOfPart = new Set([
  ...['type', 'text', 'refusal', 'image_url', 'detail', 'filename', 'file_data', 'file_url', 'file_id', 'logprobs'],
])

/** Items as turns; what one side says in a row is one of them. */
export function readTurns(input: unknown, drop: Drop): Pick<Conversation, 'system' | 'turns'> {
  if (typeof input === 'string')
    return { system: [], turns: [{ role: 'user', parts: [{ type: 'text', text: input }] }] }
  const system: TextPart[] = []
  const turns: Turn[] = []
  const add = (role: Turn['role'], parts: (UserPart | AssistantPart)[]): void => {
    const last = turns.at(-1)
    if (last && last.role === role) (last.parts as unknown[]).push(...parts)
    else turns.push({ role, parts } as Turn)
  }
  listOf(input).forEach((value, index) => {
    const item = asRecord(value)
    const path = `input.${index}`
    dropUnknown(item, knownOfItem, drop, path)
    for (const field of ['content', 'output'])
      listOf(item[field]).forEach((part, at) => {
        dropUnknown(asRecord(part), knownOfPart, drop, `${path}.${field}.${at}`)
      })
    switch (item.type ?? 'message') {
      case 'message':
        if (item.role === 'assistant') add('assistant', readSaid(item.content, path))
        else if (item.role === 'user') add('user', readShown(item.content, `${path}.content`))
        else system.push(...readTexts(item.content, path))
        break
      case 'reasoning':
        add('assistant', [readThought(item)])
        break
      case 'function_call':
        add('assistant', [readCall(item, path)])
        break
      case 'function_call_output': {
        const output = item.output
        const parts = typeof output === 'string' ? textOf(output) : readShown(output, `${path}.output`)
        add('user', [
          { type: 'tool result', id: textOr(item.call_id, ''), path: `${path}.call_id`, parts, isError: false },
        ])
        break
      }
      case 'additional_tools':
        // They are among the tools.
        break
      default:
        throw cannotSay(`${path}.type`, 'Send messages, reasoning, function calls and their outputs')
    }
  })
  return { system, turns }
}

function textOf(text: string): TextPart[] {
  return text === '' ? [] : [{ type: 'text', text }]
}

function readTexts(content: unknown, path: string): TextPart[] {
  return readShown(content, `${path}.content`).map((part, index) => {
    if (part.type !== 'text') throw cannotSay(`${path}.content.${index}.type`, 'Send text only')
    return part
  })
}

function readSaid(content: unknown, path: string): AssistantPart[] {
  if (typeof content === 'string') return textOf(content)
  return listOf(content).flatMap((value, index) => {
    const { type, text, refusal } = asRecord(value)
    if (type !== 'output_text' && type !== 'refusal' && type !== 'input_text') {
      throw cannotSay(`${path}.content.${index}.type`, 'Send output_text')
    }
    return textOf(textOr(text, null) ?? textOr(refusal, ''))
  })
}

function readShown(content: unknown, path: string): (TextPart | FilePart)[] {
  if (typeof content === 'string') return textOf(content)
  return listOf(content).flatMap<TextPart | FilePart>((value, index) => {
    const part = asRecord(value)
    switch (part.type) {
      case 'input_text':
      case 'output_text':
        return textOf(textOr(part.text, ''))
      case 'input_image': {
        const detail = textOr(part.detail, null)
        return [
          {
            type: 'file',
            path: `${path}.${index}`,
            ...fileOf(textOr(part.image_url, ''), 'image/*'),
            ...(detail && { detail }),
          },
        ]
      }
      case 'input_file': {
        const name = textOr(part.filename, null)
        const url = textOr(part.file_data, null) ?? textOr(part.file_url, '')
        return [{ type: 'file', path: `${path}.${index}`, ...fileOf(url, 'application/pdf'), ...(name && { name }) }]
      }
      default:
        throw cannotSay(`${path}.${index}.type`, 'Send text, images or files')
    }
  })
}

function readThought({ summary, content, encrypted_content: sealed }: Item): AssistantPart {
  const texts = listOf(content).length > 0 ? listOf(content) : listOf(summary)
  const text = texts.map((part) => textOr(asRecord(part).text, '')).join('\n\n')
  const seal = typeof sealed === 'string' ? readSeal(sealed, 'openai-responses') : null
  return { type: 'reasoning', field: seal ? 'encrypted_content' : 'summary', text, seal }
}

function readCall({ call_id: id, namespace, name, arguments: input }: Item, path: string): AssistantPart {
  return {
    type: 'tool call',
    id: textOr(id, ''),
    path: `${path}.call_id`,
    name: flatName(namespace, textOr(name, '')),
    input: textOr(input, '{}') || '{}',
  }
}
