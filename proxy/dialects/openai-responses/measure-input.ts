import { asRecord } from '../../json/as-record.ts'
import { listOf, textOr } from '../../json/read-value.ts'
import type { Input } from '../dialect.ts'
import type { ResponsesBody } from './parse-request.ts'

const scaffoldTokens = 128
const toolScaffoldTokens = 512
const tokensPerItem = 4
const tokensPerTool = 32
const tokensPerToolList = 192

export function measureInput(body: ResponsesBody, byteLength: number): Input {
  let images = 0
  let documents = 0
  let encodedBytes = 0
  for (const part of shownParts(body)) {
    if (part.type === 'input_image') {
      images++
      encodedBytes += textOr(part.image_url, '').length
    }
    if (part.type === 'input_file') {
      documents++
      encodedBytes += textOr(part.file_data, '').length
    }
  }
  const explainsMore = body.tools != null || body.text != null || itemsOf(body).some(({ tools }) => tools != null)
  return {
    textBytes: byteLength - encodedBytes,
    images,
    // What the answer before this one had read is not here to be counted.
    documents: documents + (body.previous_response_id ? 1 : 0),
    scaffoldTokens: scaffoldTokens + (explainsMore ? toolScaffoldTokens : 0),
    readTexts: () => readTexts(body),
  }
}

function shownParts(body: ResponsesBody): Readonly<Record<string, unknown>>[] {
  return itemsOf(body).flatMap((item) => [...listOf(item.content), ...listOf(item.output)].map(asRecord))
}

function itemsOf({ input }: ResponsesBody): Readonly<Record<string, unknown>>[] {
  return typeof input === 'string' ? [{ content: input }] : input
}

function readTexts(body: ResponsesBody): { texts: string[]; frameTokens: number } {
  const texts = [body.instructions ?? '']
  const items = itemsOf(body)
  for (const { content, output, ...rest } of items) {
    for (const said of [content, output]) {
      if (typeof said === 'string') texts.push(said)
      else texts.push(...listOf(said).map((part) => textOr(asRecord(part).text, '')))
    }
    texts.push(JSON.stringify(rest))
  }
  for (const field of ['tools', 'text', 'tool_choice']) if (body[field] != null) texts.push(JSON.stringify(body[field]))
  const given = [body, ...items].flatMap(({ tools }) => listOf(tools))
  const tools = given.reduce<number>((sum, tool) => sum + 1 + listOf(asRecord(tool).tools).length, 0)
  // Instructions are an item of their own to the model.
  const framed = items.length + (body.instructions == null ? 0 : 1)
  const frameTokens = 3 + framed * tokensPerItem + (tools > 0 ? tokensPerToolList + tools * tokensPerTool : 0)
  return { texts, frameTokens }
}
