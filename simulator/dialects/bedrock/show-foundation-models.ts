import type { Answer } from '../../answer.ts'
import { documentOf } from '../document-of.ts'

/** The list of models of an account at Bedrock. */
export function showFoundationModels(path: string, models: readonly string[]): Answer | null {
  if (path !== '/foundation-models') return null
  const modelSummaries = models.map((modelId) => ({ modelId, modelName: modelId, providerName: 'Simulator' }))
  return documentOf({ modelSummaries })
}
