import { cannotSay } from '../../../hub/cannot-say.ts'
import type {
  AssistantPart,
  CacheLifetime,
  Conversation,
  FilePart,
  TextPart,
  UserPart,
} from '../../../hub/conversation.ts'
import type { Drop } from '../../../hub/hub.ts'
import { toolInputOf } from '../../../hub/tool-input-of.ts'

type Block = Record<string, unknown>

/** Turns as messages. They begin with the user's, and hold no empty text. */
export function writeTurns({ turns }: Conversation, isThinking: boolean, drop: Drop): Block[] {
  const messages: Block[] = turns.map(({ role, parts }, index) => ({
    role,
    content:
      role === 'user'
        ? parts.flatMap((part) => writeUser(part, drop))
        : trimLast(
            parts.flatMap((part) => writeAssistant(part, isThinking, drop)),
            index === turns.length - 1,
          ),
  }))
  const said = messages.filter(({ content }) => (content as Block[]).length > 0)
  return said[0]?.role === 'user' ? said : [{ role: 'user', content: [{ type: 'text', text: 'Begin.' }] }, ...said]
}

export function writeText({ text, cachedFor }: TextPart): Block {
  return { type: 'text', text, ...writeCached(cachedFor) }
}

/** Five minutes is what it means by itself. */
export function writeCached(lifetime: CacheLifetime | undefined): Block {
  if (lifetime === undefined) return {}
  return { cache_control: { type: 'ephemeral', ...(lifetime !== '5m' && { ttl: lifetime }) } }
}

function writeUser(part: UserPart, drop: Drop): Block[] {
  if (part.type === 'text') return part.text === '' ? [] : [writeText(part)]
  if (part.type === 'file') {
    if (part.detail && part.detail !== 'auto') drop('detail')
    return [writeFile(part)]
  }
  return [
    {
      type: 'tool_result',
      tool_use_id: idOf(part.id),
      content: part.parts
        .filter((shown) => shown.type === 'file' || shown.text !== '')
        .flatMap((shown) => writeUser(shown, drop)),
      ...(part.isError && { is_error: true }),
      ...writeCached(part.cachedFor),
    },
  ]
}

function writeFile({ mediaType, data, name, cachedFor, path }: FilePart): Block {
  const cached = writeCached(cachedFor)
  if (mediaType.startsWith('image/')) return { type: 'image', source: sourceOf(mediaType, data), ...cached }
  const title = name ? { title: name } : {}
  if (mediaType.startsWith('text/') && 'base64' in data) {
    const text = Buffer.from(data.base64, 'base64').toString('utf8')
    return { type: 'document', source: { type: 'text', media_type: 'text/plain', data: text }, ...title, ...cached }
  }
  if (mediaType !== 'application/pdf') throw cannotSay(path, 'Send text, pictures or PDFs')
  return { type: 'document', source: sourceOf(mediaType, data), ...title, ...cached }
}

function sourceOf(mediaType: string, data: FilePart['data']): Block {
  return 'url' in data ? { type: 'url', url: data.url } : { type: 'base64', media_type: mediaType, data: data.base64 }
}

function writeAssistant(part: AssistantPart, isThinking: boolean, drop: Drop): Block[] {
  switch (part.type) {
    case 'text':
      return part.text === '' ? [] : [writeText(part)]
    case 'reasoning': {
      // Thoughts of other models mean nothing here, and cannot be proved.
      if (!isThinking || part.seal?.origin !== 'anthropic-messages') {
        drop(part.field)
        return []
      }
      const { value, isWhole } = part.seal
      return [
        isWhole
          ? { type: 'redacted_thinking', data: value }
          : { type: 'thinking', thinking: part.text, signature: value },
      ]
    }
    case 'tool call':
      return [{ type: 'tool_use', id: idOf(part.id), name: part.name, input: toolInputOf(part.input) }]
  }
}

/** Anthropic takes letters, digits, dashes and underscores only. */
function idOf(id: string): string {
  return id.replace(/[^a-zA-Z0-9_-]/g, '_') || 'call'
}

/** The beginning of an answer that the model goes on with may not end in white space. */
function trimLast(blocks: Block[], isLast: boolean): Block[] {
  const last = blocks.at(-1)
  if (!isLast || typeof last?.text !== 'string') return blocks
  const text = last.text.trimEnd()
  return text === '' ? blocks.slice(0, -1) : [...blocks.slice(0, -1), { ...last, text }]
}
