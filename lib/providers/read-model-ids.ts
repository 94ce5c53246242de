import { z } from 'zod'

/** OpenAI's and Anthropic's list of models, Google's, that of Vertex AI, and Bedrock's. */
const listSchema = z.union([
  z.object({ data: z.array(z.object({ id: z.string() })) }),
  z.object({ models: z.array(z.object({ name: z.string() })) }),
  z.object({ publisherModels: z.array(z.object({ name: z.string() })) }),
  z.object({ modelSummaries: z.array(z.object({ modelId: z.string() })) }),
])

/** The ids in a vendor's list of models; null when it is none. */
export function readModelIds(text: string): string[] | null {
  try {
    const list = listSchema.parse(JSON.parse(text))
    if ('data' in list) return list.data.map(({ id }) => id)
    if ('modelSummaries' in list) return list.modelSummaries.map(({ modelId }) => modelId)
    const named = 'models' in list ? list.models : list.publisherModels
    return named.map(({ name }) => name.replace(/^(?:.*\/)?models\//, ''))
  } catch {
    return null
  }
}
