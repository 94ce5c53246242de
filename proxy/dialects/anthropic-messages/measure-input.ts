import { asRecord } from '../../json/as-record.ts'
import type { Input } from '../dialect.ts'
import type { Block, MessagesBody } from './parse-request.ts'

/** What Anthropic puts around a conversation by itself. */
const scaffoldTokens = 128

/** The words with which it explains tools, over and above the tools themselves: at most 500 and some, documented. */
const toolScaffoldTokens = 1024

/** A tool that Anthropic has described is not in the body; the longest of them, that of a computer, is below this. */
const builtInToolTokens = 2048

const tokensPerMessage = 8
const tokensPerTool = 32

/** Everything that is not text, wherever it stands: in a message, in the result of a tool. */
interface Media {
  images: number
  documents: number
  /** Bytes that stand for pictures and pages, not for words. */
  encodedBytes: number
}

export function measureInput(body: MessagesBody, byteLength: number): Input {
  const media: Media = { images: 0, documents: 0, encodedBytes: 0 }
  for (const { content } of body.messages) if (Array.isArray(content)) addMedia(content, media)
  const tools = body.tools ?? []
  const builtIn = tools.filter(({ type }) => type && type !== 'custom').length
  return {
    textBytes: byteLength - media.encodedBytes,
    images: media.images,
    documents: media.documents,
    scaffoldTokens: scaffoldTokens + (tools.length > 0 ? toolScaffoldTokens : 0) + builtIn * builtInToolTokens,
    readTexts: () => readTexts(body),
  }
}

function addMedia(blocks: readonly Block[], media: Media): void {
  for (const { type, source, content } of blocks) {
    const from = asRecord(source)
    const isText = from.type === 'text' || from.type === 'content'
    if (type === 'image') media.images++
    if (type === 'document' && !isText) media.documents++
    if ((type === 'image' || type === 'document') && from.type === 'base64' && typeof from.data === 'string') {
      media.encodedBytes += from.data.length
    }
    if (Array.isArray(content)) addMedia(content as Block[], media)
    if (Array.isArray(from.content)) addMedia(from.content as Block[], media)
  }
}

function readTexts(body: MessagesBody): { texts: string[]; frameTokens: number } {
  const texts: string[] = []
  const read = (content: string | readonly Block[] | null | undefined): void => {
    if (typeof content === 'string') texts.push(content)
    else for (const block of content ?? []) readBlock(block)
  }
  const readBlock = ({ type, text, source, content, ...rest }: Block): void => {
    if (typeof text === 'string') texts.push(text)
    else if (type !== 'image' && type !== 'document') texts.push(JSON.stringify(rest))
    const from = asRecord(source)
    if (from.type === 'text' && typeof from.data === 'string') texts.push(from.data)
    if (from.type === 'content') read(from.content as Block[])
    read(content as Block[])
  }
  read(body.system)
  for (const { content } of body.messages) read(content)
  for (const tool of body.tools ?? []) texts.push(JSON.stringify(tool))
  const tools = body.tools?.length ?? 0
  const frameTokens =
    body.messages.length * tokensPerMessage + tools * tokensPerTool + (tools > 0 ? toolScaffoldTokens : 0)
  return { texts, frameTokens }
}
