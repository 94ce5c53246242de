import { z } from 'zod'

/** OpenAI's and Anthropic's list of models, and Google's. */
const listSchema = z.union([
  z.object({ data: z.array(z.object({ id: z.string() })) }),
  z.object({ models: z.array(z.object({ name: z.string() })) }),
])

/** The ids in a vendor's list of models; null when it is none. */
export function readModelIds(text: string): string[] | null {
  try {
    const list = listSchema.parse(JSON.parse(text))
    return 'data' in list ? list.data.map(({ id }) => id) : list.models.map(({ name }) => name.replace(/^models\//, ''))
  } catch {
    return null
  }
}
