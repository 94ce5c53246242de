import { asRecord } from '../../json/as-record.ts'
import { listOf } from '../../json/read-value.ts'
import type { JsonBody } from '../../steps/read-json.ts'
import type { Input, ModelRequest } from '../dialect.ts'

/** What a model is told around a conversation, and around tools. */
const scaffoldTokens = 128
const toolScaffoldTokens = 1024
const tokensPerMessage = 8

type Fields = Readonly<Record<string, unknown>>

/** Bounds and measures what was written here. */
export function parseWritten({ value, byteLength }: JsonBody): ModelRequest {
  const body = asRecord(value)
  const cap = asRecord(body.inferenceConfig).maxTokens
  return {
    model: String(body.model),
    stream: body.stream === true,
    wantsUsage: true,
    outputCap: typeof cap === 'number' ? cap : null,
    choices: 1,
    input: measureInput(body, byteLength),
    body,
  }
}

function measureInput(body: Fields, byteLength: number): Input {
  const blocks = listOf(body.messages).flatMap((message) => blocksOf(asRecord(message).content))
  const media = blocks.flatMap(({ image, document }) =>
    [image, document].filter((one) => one !== undefined).map(asRecord),
  )
  const encodedBytes = media.reduce((sum, { source }) => sum + String(asRecord(source).bytes ?? '').length, 0)
  const hasTools = body.toolConfig !== undefined
  return {
    textBytes: byteLength - encodedBytes,
    images: blocks.filter(({ image }) => image !== undefined).length,
    documents: blocks.filter(({ document }) => document !== undefined).length,
    scaffoldTokens: scaffoldTokens + (hasTools ? toolScaffoldTokens : 0),
    readTexts: () => ({
      texts: [
        ...[...listOf(body.system).map(asRecord), ...blocks].flatMap(textsOf),
        ...listOf(asRecord(body.toolConfig).tools).map((tool) => JSON.stringify(tool)),
      ],
      frameTokens: listOf(body.messages).length * tokensPerMessage + (hasTools ? toolScaffoldTokens : 0),
    }),
  }
}

/** Also those in the results of tools. */
function blocksOf(content: unknown): Fields[] {
  return listOf(content)
    .map(asRecord)
    .flatMap((block) => [block, ...blocksOf(asRecord(block.toolResult).content)])
}

function textsOf({ text, toolUse, reasoningContent }: Fields): string[] {
  const said = [toolUse, reasoningContent].filter((one) => one !== undefined).map((one) => JSON.stringify(one))
  return typeof text === 'string' ? [text, ...said] : said
}
