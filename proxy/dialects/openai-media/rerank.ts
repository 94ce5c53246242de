import { z } from 'zod'
import { unknownUsage } from '#lib/core/usage.ts'
import { asRecord } from '../../json/as-record.ts'
import { countsOf } from '../counts-of.ts'
import type { Dialect, Report } from '../dialect.ts'
import { openAiChat } from '../openai-chat/openai-chat.ts'
import { parseWith } from '../parse-with.ts'
import { refuseFields } from '../refuse-fields.ts'
import { modelSchema } from './model-schema.ts'
import { writeNamed } from './write-named.ts'

const schema = z.looseObject({
  model: modelSchema,
  query: z.string().min(1),
  documents: z
    .array(z.union([z.string(), z.looseObject({})]), { error: 'must be a list of texts or of documents with text' })
    .min(1)
    .max(10_000),
})

/** A search reads so many documents, and of a long one every so many bytes count as one more. */
const documentsPerSearch = 100
const bytesPerDocument = 255

/** Puts documents in the order in which they answer a question, as Cohere and those after it do. */
export const rerank: Dialect = {
  ...openAiChat,
  name: 'rerank',
  hub: null,
  upstreamPath: () => '/rerank',
  parseRequest({ value, byteLength }) {
    const body = parseWith(schema, value)
    refuseFields(body)
    const texts = body.documents.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
    const longest = texts.length + Math.ceil(byteLength / bytesPerDocument)
    // The question is read once with every document.
    const queryBytes = Buffer.byteLength(body.query) * texts.length
    return {
      model: body.model,
      stream: false,
      wantsUsage: false,
      outputCap: 0,
      choices: 1,
      input: {
        textBytes: byteLength + queryBytes,
        images: 0,
        scaffoldTokens: 8 * texts.length,
        readTexts: () => ({ texts: texts.flatMap((text) => [body.query, text]), frameTokens: 8 * texts.length }),
      },
      units: { search: Math.ceil(longest / documentsPerSearch) },
      paidBy: { kind: 'search', orTokens: true },
      body,
    }
  },
  writeRequest: writeNamed,
  readReport,
  readText: () => '',
}

function readReport(value: unknown): Report {
  const answer = asRecord(value)
  const meta = asRecord(answer.meta)
  const counts = countsOf()
  const { count } = counts
  const search = count(asRecord(meta.billed_units).search_units)
  const told = asRecord(answer.usage)
  const tokens = count(told.total_tokens, told.prompt_tokens, asRecord(meta.tokens).input_tokens)
  const isTold = search !== null || tokens !== null
  return {
    usage: isTold
      ? {
          ...unknownUsage,
          inputTokens: tokens,
          outputTokens: tokens === null ? null : 0,
          ...(search !== null && { units: { search } }),
        }
      : null,
    broken: counts.isBroken(),
    finishReason: null,
    failed: answer.error != null,
  }
}
