import type { ModelSummary } from '../../gateway.ts'

export function renderModels(models: ModelSummary[]): string {
  return JSON.stringify({ models: models.map(describe) })
}

export function renderModel(model: ModelSummary): string {
  return JSON.stringify(describe(model))
}

function describe({ name, maxOutputTokens, contextTokens }: ModelSummary): Record<string, unknown> {
  return {
    name: `models/${name}`,
    displayName: name,
    ...(contextTokens !== null && { inputTokenLimit: contextTokens }),
    ...(maxOutputTokens !== null && { outputTokenLimit: maxOutputTokens }),
    supportedGenerationMethods: ['generateContent', 'streamGenerateContent', 'countTokens'],
  }
}
