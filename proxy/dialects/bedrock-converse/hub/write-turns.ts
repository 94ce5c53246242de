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

export type Block = Record<string, unknown>

/** Turns as messages. They begin with the user's, and hold no empty text; a point of the cache is a block of its own. */
export function writeTurns({ turns }: Conversation, isCaching: boolean, drop: Drop): Block[] {
  const messages = turns.map(({ role, parts }) => ({
    role,
    content:
      role === 'user'
        ? withWords(parts.flatMap((part) => writeUser(part, isCaching)))
        : parts.flatMap((part) => writeAssistant(part, drop)),
  }))
  const said = messages.filter(({ content }) => content.length > 0)
  return said[0]?.role === 'user' ? said : [{ role: 'user', content: [{ text: 'Begin.' }] }, ...said]
}

export function withCachePoint(block: Block, cachedFor: CacheLifetime | undefined, isCaching: boolean): Block[] {
  if (!isCaching || !cachedFor) return [block]
  return [block, { cachePoint: { type: 'default', ...(cachedFor !== '5m' && { ttl: cachedFor }) } }]
}

function writeUser(part: UserPart, isCaching: boolean): Block[] {
  if (part.type === 'text' && part.text === '') return []
  return withCachePoint(writePart(part), part.cachedFor, isCaching)
}

function writePart(part: UserPart): Block {
  if (part.type === 'text') return { text: part.text }
  if (part.type === 'file') return writeFile(part)
  const content = part.parts.filter((shown) => shown.type === 'file' || shown.text !== '').map(writePart)
  return {
    toolResult: {
      toolUseId: idOf(part.id),
      content: content.length > 0 ? content : [{ text: '(nothing)' }],
      status: part.isError ? 'error' : 'success',
    },
  }
}

const imageFormats: Record<string, string> = { png: 'png', jpeg: 'jpeg', jpg: 'jpeg', gif: 'gif', webp: 'webp' }
const documentFormats: Record<string, string> = {
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/html': 'html',
  'text/csv': 'csv',
}

function writeFile({ mediaType, data, name, path }: FilePart): Block {
  if ('url' in data) throw cannotSay(path, 'Send the file itself as base64')
  const source = { bytes: data.base64 }
  if (mediaType.startsWith('image/')) {
    const format = imageFormats[mediaType.slice('image/'.length)]
    if (!format) throw cannotSay(path, 'Send images as PNG, JPEG, GIF or WebP')
    return { image: { format, source } }
  }
  const format = documentFormats[mediaType]
  if (!format) throw cannotSay(path, 'Send documents as PDF or text')
  return { document: { format, name: documentName(name), source } }
}

/** Letters, digits and little else, or the vendor refuses it. */
function documentName(name: string | undefined): string {
  return (
    (name ?? '')
      .replace(/[^a-zA-Z0-9()[\]-]+/g, ' ')
      .trim()
      .slice(0, 100) || 'document'
  )
}

/** A document alone asks nothing. */
function withWords(blocks: Block[]): Block[] {
  const hasDocument = blocks.some(({ document }) => document !== undefined)
  return hasDocument && !blocks.some(({ text }) => text !== undefined) ? [...blocks, { text: 'Read this.' }] : blocks
}

function writeAssistant(part: AssistantPart, drop: Drop): Block[] {
  switch (part.type) {
    case 'text':
      return writeSaid(part)
    case 'reasoning': {
      // Thoughts of other models mean nothing here, and cannot be proved.
      if (part.seal?.origin !== 'bedrock-converse') {
        drop(part.field)
        return []
      }
      const { value, isWhole } = part.seal
      return [
        {
          reasoningContent: isWhole
            ? { redactedContent: value }
            : { reasoningText: { text: part.text, signature: value } },
        },
      ]
    }
    case 'tool call':
      return [{ toolUse: { toolUseId: idOf(part.id), name: part.name, input: toolInputOf(part.input) } }]
  }
}

function writeSaid({ text }: TextPart): Block[] {
  return text.trim() === '' ? [] : [{ text }]
}

/** Letters, digits, dashes and underscores, 64 at most. */
function idOf(id: string): string {
  return id.replace(/[^a-zA-Z0-9_-]/g, '_').slice(-64) || 'call'
}
