import type { Answer } from '../../answer.ts'

/** The list of models of an account at Bedrock. */
export function showFoundationModels(path: string, models: readonly string[]): Answer | null {
  if (path !== '/foundation-models') return null
  const modelSummaries = models.map((modelId) => ({ modelId, modelName: modelId, providerName: 'Simulator' }))
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    isStream: false,
    parts: [{ bytes: JSON.stringify({ modelSummaries }), tokens: 0 }],
    ending: 'end',
  }
}
