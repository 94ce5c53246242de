import { z } from 'zod'

const part = z.looseObject({ text: z.string().nullish() })

/** One turn of a conversation. */
export const contentSchema = z.looseObject({
  role: z.enum(['user', 'model', 'function', 'tool', 'system']).nullish(),
  parts: z.array(part, { error: 'must be a list of parts' }).nullish(),
})

export const contentsSchema = z.array(contentSchema, { error: 'must be a list of turns with role and parts' }).min(1)

export type Content = z.infer<typeof contentSchema>
