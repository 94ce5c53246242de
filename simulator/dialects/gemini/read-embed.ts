import { z } from 'zod'
import { createRandom } from '../../writing/create-random.ts'
import { hashText } from '../../writing/hash-text.ts'
import type { Tokenizer } from '../../writing/load-tokenizer.ts'
import type { Ask } from '../dialect.ts'
import { refuse } from '../refuse.ts'
import { wordlessAsk } from '../wordless-ask.ts'
import { methodOf, modelOf } from './gemini-base.ts'
import { contentSchema } from './generate-request.ts'
import { parse } from './parse.ts'

const oneSchema = z.strictObject({
  model: z.string().optional(),
  content: contentSchema,
  taskType: z.string().optional(),
  title: z.string().optional(),
  outputDimensionality: z.int().min(1).max(3072).optional(),
})
const batchSchema = z.strictObject({
  requests: z
    .array(oneSchema.required({ model: true }))
    .min(1)
    .max(100),
})

/** The texts to be embedded; the same text has the same place wherever it is asked for. */
export function readEmbed(body: unknown, url: string, tokenizer: Tokenizer): Ask {
  const model = modelOf(url)
  const isBatch = methodOf(url) === 'batchEmbedContents'
  const requests = isBatch ? parse(batchSchema, body).requests : [parse(oneSchema, body)]
  if (requests.some((one) => isBatch && one.model !== `models/${model}`)) {
    throw refuse(`Model in each of requests must be models/${model}`)
  }
  const texts = requests.map(({ content }) => content.parts.flatMap(({ text }) => text ?? []).join('\n'))
  const promptTokens = texts.reduce((sum, text) => sum + tokenizer.count(text), 0)
  const embeddings = texts.map((text, index) => ({
    values: placeOf(text, requests[index]?.outputDimensionality ?? 768),
  }))
  return wordlessAsk(model, { promptTokens, document: isBatch ? { embeddings } : { embedding: embeddings[0] } })
}

function placeOf(text: string, dimensions: number): number[] {
  const random = createRandom(hashText(text, 0))
  const values = Array.from({ length: dimensions }, () => random() - 0.5)
  const length = Math.hypot(...values)
  return values.map((value) => value / length)
}
