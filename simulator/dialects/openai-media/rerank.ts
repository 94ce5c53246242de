import { z } from 'zod'
import type { Dialect } from '../dialect.ts'
import { documentOf } from '../document-of.ts'
import { wordlessAsk } from '../wordless-ask.ts'
import { mediaBase } from './media-base.ts'
import { parseMedia } from './parse-media.ts'

const schema = z.looseObject({
  model: z.string().min(1),
  query: z.string().min(1),
  documents: z
    .array(z.union([z.string(), z.looseObject({ text: z.string() })]))
    .min(1)
    .max(10_000),
  top_n: z.int().min(1).nullish(),
})

const documentsPerSearch = 100
/** A longer document counts as several. */
const tokensPerDocument = 500

/** Cohere's: whoever shares more words with the question stands first. Paid by the search. */
export const rerank: Dialect = {
  ...mediaBase,
  owns: (path) => path === '/v1/rerank' || path === '/v2/rerank',
  readAsk(body, _url, tokenizer) {
    const { model, query, documents, top_n: most } = parseMedia(schema, body)
    const texts = documents.map((one) => (typeof one === 'string' ? one : one.text))
    const chunks = texts.reduce(
      (sum, text) => sum + Math.max(1, Math.ceil(tokenizer.count(text) / tokensPerDocument)),
      0,
    )
    const results = texts
      .map((text, index) => ({ index, relevance_score: sharedWords(query, text) }))
      .sort((a, b) => b.relevance_score - a.relevance_score)
      .slice(0, most ?? texts.length)
    return wordlessAsk(model, { units: { search: Math.ceil(chunks / documentsPerSearch) }, document: { results } })
  },
  writeAnswer({ units, document }, { id }, { report }) {
    const meta = { api_version: { version: '2' }, ...(report && { billed_units: { search_units: units?.search } }) }
    return documentOf({ id, ...document, meta })
  },
}

function sharedWords(query: string, text: string): number {
  const wanted = new Set(query.toLowerCase().match(/\w+/g) ?? [])
  const found = (text.toLowerCase().match(/\w+/g) ?? []).filter((word) => wanted.has(word))
  return wanted.size === 0 ? 0 : new Set(found).size / wanted.size
}
