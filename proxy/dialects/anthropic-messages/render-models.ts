import type { ModelSummary } from '../../gateway.ts'

/** One page with all of them. */
export function renderModels(models: ModelSummary[]): string {
  const data = models.map(describe)
  return JSON.stringify({ data, has_more: false, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null })
}

export function renderModel(model: ModelSummary): string {
  return JSON.stringify(describe(model))
}

function describe({ name, createdAt, maxOutputTokens, contextTokens }: ModelSummary) {
  return {
    type: 'model',
    id: name,
    display_name: name,
    created_at: createdAt.toISOString(),
    ...(contextTokens !== null && { max_input_tokens: contextTokens }),
    ...(maxOutputTokens !== null && { max_tokens: maxOutputTokens }),
  }
}
