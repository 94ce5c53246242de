import { z } from 'zod'
import { createRandom } from '../../writing/create-random.ts'
import { hashText } from '../../writing/hash-text.ts'
import type { Dialect } from '../dialect.ts'
import { documentOf } from '../document-of.ts'
import { wordlessAsk } from '../wordless-ask.ts'
import { mediaBase } from './media-base.ts'
import { parseMedia } from './parse-media.ts'
import { readTexts, type Text, textsSchema } from './read-texts.ts'

const schema = z.looseObject({
  model: z.string().min(1),
  input: textsSchema,
  encoding_format: z.enum(['float', 'base64']).nullish(),
  dimensions: z.int().min(1).max(3072).nullish(),
})

const defaultDimensions = 1536

/** Texts become vectors: unit length, the same for the same text. Only the input is paid. */
export const openAiEmbeddings: Dialect = {
  ...mediaBase,
  owns: (path) => path === '/v1/embeddings',
  readAsk(body, _url, tokenizer) {
    const { model, input, encoding_format: format, dimensions } = parseMedia(schema, body)
    const texts = readTexts(input, tokenizer)
    const vectors = texts.map((text) => vectorOf(text, dimensions ?? defaultDimensions))
    const data = vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: format === 'base64' ? Buffer.from(vector.buffer).toString('base64') : [...vector],
    }))
    return wordlessAsk(model, {
      promptTokens: texts.reduce((sum, { tokens }) => sum + tokens, 0),
      document: { object: 'list', data },
    })
  },
  writeAnswer({ model, document }, _completion, { report }) {
    const tokens = report?.promptTokens
    const usage = report && { prompt_tokens: tokens, total_tokens: tokens }
    return documentOf({ ...document, model, ...(report !== undefined && { usage }) }, 0, report)
  },
}

function vectorOf({ text }: Text, dimensions: number): Float32Array {
  const random = createRandom(hashText(text, dimensions))
  const vector = Float32Array.from({ length: dimensions }, () => random() * 2 - 1)
  const length = Math.hypot(...vector)
  return vector.map((figure) => figure / length)
}
