import { asRecord } from '../../json/as-record.ts'
import { textOr } from '../../json/read-value.ts'
import type { Input } from '../dialect.ts'
import type { ChatBody } from './parse-request.ts'

/** What vendors put around a chat by themselves: the reply's opening, a preamble, a date. */
const chatScaffoldTokens = 128

/** The words with which they explain tools and schemas to the model, over and above those themselves. */
const toolScaffoldTokens = 512

/** As OpenAI frames a chat; see its cookbook, "How to count tokens". Recordings agree to the token. */
const tokensPerMessage = 3
const tokensPerReply = 3
const tokensPerToolList = 192
const tokensPerTool = 32

/** Fields of the body that the model reads, besides the messages. */
const spokenFields = ['tools', 'functions', 'response_format', 'tool_choice', 'function_call'] as const

export function measureInput(body: ChatBody, byteLength: number): Input {
  const imageUrls = body.messages.flatMap(({ content }) => (Array.isArray(content) ? content.map(imageUrlOf) : []))
  const images = imageUrls.filter((url) => url !== null)
  const files = body.messages.flatMap(({ content }) => (Array.isArray(content) ? content.flatMap(fileOf) : []))
  return {
    // The JSON of a message is longer than any vendor's framing of it, and escapes are longer than what they spell.
    textBytes: byteLength - [...images, ...files].reduce((sum, encoded) => sum + encoded.length, 0),
    images: images.length,
    documents: files.length,
    scaffoldTokens: chatScaffoldTokens + (explainsMore(body) ? toolScaffoldTokens : 0),
    readTexts: () => readTexts(body),
  }
}

function explainsMore(body: ChatBody): boolean {
  return spokenFields.some((field) => body[field] != null)
}

function imageUrlOf(part: Record<string, unknown>): string | null {
  if (part.type !== 'image_url') return null
  const image = part.image_url
  const url = typeof image === 'object' && image !== null && 'url' in image ? image.url : image
  return typeof url === 'string' ? url : ''
}

function fileOf(part: Record<string, unknown>): string[] {
  return part.type === 'file' ? [textOr(asRecord(part.file).file_data, '')] : []
}

function readTexts(body: ChatBody): { texts: string[]; frameTokens: number } {
  const texts: string[] = []
  let frameTokens = tokensPerReply
  for (const { role, content, ...rest } of body.messages) {
    frameTokens += tokensPerMessage
    texts.push(role)
    if (typeof content === 'string') texts.push(content)
    else if (content)
      texts.push(...content.filter(({ type }) => type !== 'image_url' && type !== 'file').map(textOfPart))
    if (Object.keys(rest).length > 0) texts.push(JSON.stringify(rest))
  }
  for (const field of spokenFields) if (body[field] != null) texts.push(JSON.stringify(body[field]))
  const tools = (body.tools?.length ?? 0) + (Array.isArray(body.functions) ? body.functions.length : 0)
  if (explainsMore(body)) frameTokens += tokensPerToolList + tools * tokensPerTool
  return { texts, frameTokens }
}

function textOfPart(part: Record<string, unknown>): string {
  return typeof part.text === 'string' ? part.text : JSON.stringify(part)
}
