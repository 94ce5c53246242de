import { cannotSay } from '../../../hub/cannot-say.ts'
import type { AssistantPart, Conversation, FilePart, TextPart, Turn, UserPart } from '../../../hub/conversation.ts'
import { dropUnknown } from '../../../hub/drop-unknown.ts'
import type { Drop } from '../../../hub/hub.ts'
import { readCached } from '../../../hub/read-cached.ts'
import { readSeal } from '../../../hub/seal-text.ts'
import { asRecord } from '../../../json/as-record.ts'
import { listOf, textOr } from '../../../json/read-value.ts'

type Block = Readonly<Record<string, unknown>>

const knownOfMessage = new Set(['role', 'content'])

/** Of each kind of block; others are refused. */
const knownOf: Readonly<Record<string, ReadonlySet<string>>> = {
  text: new Set(['type', 'text', 'cache_control']),
  image: new Set(['type', 'source', 'cache_control']),
  document: new Set(['type', 'source', 'title', 'context', 'citations', 'cache_control']),
  search_result: new Set(['type', 'source', 'title', 'content', 'cache_control']),
  tool_reference: new Set(['type', 'tool_name', 'cache_control']),
  tool_use: new Set(['type', 'id', 'name', 'input']),
  tool_result: new Set(['type', 'tool_use_id', 'content', 'is_error', 'cache_control']),
  thinking: new Set(['type', 'thinking', 'signature']),
  redacted_thinking: new Set(['type', 'data']),
}

/** Messages as turns; what one side says in a row is one of them. */
export function readTurns(messages: unknown[], drop: Drop): Pick<Conversation, 'system' | 'turns'> {
  const system: TextPart[] = []
  const turns: Turn[] = []
  messages.forEach((value, index) => {
    const { role, content } = asRecord(value)
    const path = `messages.${index}.content`
    dropUnknown(asRecord(value), knownOfMessage, drop, `messages.${index}`)
    if (role === 'system') {
      system.push(...readTexts(content, path))
      return
    }
    const read: (block: Block, path: string) => (UserPart | AssistantPart)[] =
      role === 'assistant' ? (block, at) => readAssistant(block, at, drop) : (block, at) => readUser(block, at, drop)
    const parts = blocksOf(content).flatMap((block, at) => read(block, `${path}.${at}`))
    const last = turns.at(-1)
    if (last && last.role === role) (last.parts as unknown[]).push(...parts)
    else turns.push({ role, parts } as Turn)
  })
  return { system, turns }
}

export function readTexts(content: unknown, path: string): TextPart[] {
  return blocksOf(content).flatMap((block, index) => {
    if (block.type !== 'text') throw cannotSay(`${path}.${index}.type`, 'Send text only')
    return readText(block)
  })
}

function blocksOf(content: unknown): Block[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : listOf(content).map(asRecord)
}

function readText({ text, cache_control: cached }: Block): TextPart[] {
  return text === '' ? [] : [{ type: 'text', text: textOr(text, ''), ...readCached(cached) }]
}

function readUser(block: Block, path: string, drop: Drop): UserPart[] {
  if (block.type !== 'tool_result') return readShown(block, path, drop)
  dropOf(block, path, drop)
  const parts = blocksOf(block.content).flatMap((part, index) => readShown(part, `${path}.content.${index}`, drop))
  const cached = readCached(block.cache_control)
  const isError = block.is_error === true
  return [
    { type: 'tool result', id: textOr(block.tool_use_id, ''), path: `${path}.tool_use_id`, parts, isError, ...cached },
  ]
}

/** What may be said and shown, by the user and by tools. */
function readShown(block: Block, path: string, drop: Drop): (TextPart | FilePart)[] {
  dropOf(block, path, drop)
  switch (block.type) {
    case 'text':
      return readText(block)
    case 'image':
      return [readFile(block, 'image/*', path)]
    case 'document':
      return readDocument(block, path, drop)
    case 'search_result': {
      const texts = blocksOf(block.content).map(({ text }) => textOr(text, ''))
      return [
        {
          type: 'text',
          text: [textOr(block.title, ''), textOr(block.source, ''), ...texts].join('\n'),
          ...readCached(block.cache_control),
        },
      ]
    }
    case 'tool_reference':
      // It stands among the tools from now on.
      return [{ type: 'text', text: `${textOr(block.tool_name, '')} can be called now.` }]
    default:
      throw cannotSay(`${path}.type`, 'Send text, images, documents or results of tools')
  }
}

function readDocument(block: Block, path: string, drop: Drop): (TextPart | FilePart)[] {
  const source = asRecord(block.source)
  const title = textOr(block.title, '')
  if (asRecord(block.citations).enabled === true) drop(`${path}.citations`)
  const context = textOr(block.context, '')
  if (context !== '') drop(`${path}.context`)
  if (source.type === 'content')
    return blocksOf(source.content).flatMap((part, at) => readShown(part, `${path}.source.content.${at}`, drop))
  if (source.type === 'text')
    return readText({ ...block, text: title ? `${title}\n\n${textOr(source.data, '')}` : textOr(source.data, '') })
  return [{ ...readFile(block, 'application/pdf', path), ...(title && { name: title }) }]
}

function readFile({ source: from, cache_control: cached }: Block, otherwise: string, path: string): FilePart {
  const source = asRecord(from)
  const { data, url } = source
  const more = { path, ...readCached(cached) }
  if (source.type === 'url' && typeof url === 'string')
    return { type: 'file', mediaType: otherwise, data: { url }, ...more }
  if (typeof data !== 'string') throw cannotSay(`${path}.source.type`, 'Send it as base64 or by its URL')
  return { type: 'file', mediaType: textOr(source.media_type, otherwise), data: { base64: data }, ...more }
}

function dropOf(block: Block, path: string, drop: Drop): void {
  const known = knownOf[String(block.type)]
  if (known) dropUnknown(block, known, drop, path)
}

function readAssistant(block: Block, path: string, drop: Drop): AssistantPart[] {
  dropOf(block, path, drop)
  switch (block.type) {
    case 'text':
      return readText(block)
    case 'thinking': {
      const signature = textOr(block.signature, '')
      const seal = signature === '' ? null : readSeal(signature, 'anthropic-messages')
      return [{ type: 'reasoning', field: 'thinking', text: textOr(block.thinking, ''), seal }]
    }
    case 'redacted_thinking': {
      const seal = { ...readSeal(textOr(block.data, ''), 'anthropic-messages'), isWhole: true }
      return [{ type: 'reasoning', field: 'redacted_thinking', text: '', seal }]
    }
    case 'tool_use':
      return [
        {
          type: 'tool call',
          id: textOr(block.id, ''),
          path: `${path}.id`,
          name: textOr(block.name, ''),
          input: JSON.stringify(block.input ?? {}),
        },
      ]
    default:
      throw cannotSay(`${path}.type`, 'Send text, thinking and tool_use blocks')
  }
}
