import { z } from 'zod'
import type { Dialect } from '../dialect.ts'
import { documentOf } from '../document-of.ts'
import { wordlessAsk } from '../wordless-ask.ts'
import { mediaBase } from './media-base.ts'
import { parseMedia, refuseMedia } from './parse-media.ts'

const schema = z.looseObject({
  model: z.string().default('dall-e-2'),
  prompt: z.string().min(1),
  n: z.int().min(1).max(10).nullish(),
  quality: z.enum(['auto', 'low', 'medium', 'high', 'standard', 'hd']).nullish(),
  response_format: z.enum(['url', 'b64_json']).nullish(),
})

/** One pixel. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** What a square picture comes to. */
const tokensOf: Record<string, number> = { low: 272, medium: 1056, high: 4160 }

/** Pictures: those of gpt-image are base64 and paid by their tokens, those of DALL·E by the picture. */
export const openAiImages: Dialect = {
  ...mediaBase,
  owns: (path) => path === '/v1/images/generations',
  readAsk(body, _url, tokenizer) {
    const { model, prompt, n, quality, response_format: format } = parseMedia(schema, body)
    const isPaidByTokens = /^(?:chat)?gpt-/.test(model)
    const images = n ?? 1
    if (model.startsWith('dall-e-3') && images > 1) throw refuseMedia('n', 'You must provide n=1 for this model.')
    if (isPaidByTokens && format) throw refuseMedia('response_format', "Unknown parameter: 'response_format'.")
    const picture =
      isPaidByTokens || format === 'b64_json' ? { b64_json: png } : { url: 'https://pictures.invalid/1.png' }
    return wordlessAsk(model, {
      promptTokens: isPaidByTokens ? tokenizer.count(prompt) : 0,
      wordlessTokens: isPaidByTokens ? images * (tokensOf[quality ?? 'high'] ?? 4160) : 0,
      units: { image: images },
      document: { data: Array.from({ length: images }, () => picture) },
    })
  },
  writeAnswer({ document, wordlessTokens }, { createdAtSeconds, usage: { completionTokens } }, { report }) {
    const created = { created: createdAtSeconds, ...document }
    if (!wordlessTokens) return documentOf(created)
    const usage = report && {
      input_tokens: report.promptTokens,
      output_tokens: report.completionTokens,
      total_tokens: Number(report.promptTokens) + Number(report.completionTokens),
      input_tokens_details: { text_tokens: report.promptTokens, image_tokens: 0 },
    }
    return documentOf({ ...created, ...(report !== undefined && { usage }) }, completionTokens, report)
  },
}
