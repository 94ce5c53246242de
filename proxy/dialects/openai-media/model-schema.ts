import { z } from 'zod'

/** The public name of a model. */
export const modelSchema = z.string().min(1).max(256)

/** Texts, or texts that are tokens already: one, or several. */
export const textsSchema = z.union(
  [z.string(), z.array(z.string()).min(1), z.array(z.int()).min(1), z.array(z.array(z.int()).min(1)).min(1)],
  { error: 'must be text, a list of texts, or tokens' },
)

export type Texts = z.infer<typeof textsSchema>
