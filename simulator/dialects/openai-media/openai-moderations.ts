import { z } from 'zod'
import type { Dialect } from '../dialect.ts'
import { documentOf } from '../document-of.ts'
import { wordlessAsk } from '../wordless-ask.ts'
import { mediaBase } from './media-base.ts'
import { parseMedia } from './parse-media.ts'

const part = z.union([
  z.looseObject({ type: z.literal('text'), text: z.string() }),
  z.looseObject({ type: z.literal('image_url'), image_url: z.looseObject({ url: z.string() }) }),
])

const schema = z.looseObject({
  model: z.string().default('omni-moderation-latest'),
  input: z.union([z.string(), z.array(z.string()).min(1), z.array(part).min(1)]),
})

const categories = ['harassment', 'hate', 'illicit', 'self-harm', 'sexual', 'violence'] as const

/** What says "kill" is violent. Costs nothing, and tells no usage. */
export const openAiModerations: Dialect = {
  ...mediaBase,
  owns: (path) => path === '/v1/moderations',
  readAsk(body) {
    const { model, input } = parseMedia(schema, body)
    const isParts = Array.isArray(input) && typeof input[0] === 'object'
    // Parts are one thing to be judged, texts are each of them one.
    const judged = isParts ? [JSON.stringify(input)] : ([input].flat() as string[])
    return wordlessAsk(model, { document: { results: judged.map(judge) } })
  },
  writeAnswer: ({ model, document }, { id }) => documentOf({ id: `modr-${id}`, model, ...document }),
}

function judge(text: string): object {
  const isViolent = /\bkill\b/i.test(text)
  const isOf = (category: string): boolean => category === 'violence' && isViolent
  return {
    flagged: isViolent,
    categories: Object.fromEntries(categories.map((name) => [name, isOf(name)])),
    category_scores: Object.fromEntries(categories.map((name) => [name, isOf(name) ? 0.98 : 0.0001])),
    category_applied_input_types: Object.fromEntries(categories.map((name) => [name, isOf(name) ? ['text'] : []])),
  }
}
