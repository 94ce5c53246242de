import type { ModelSummary } from '../../gateway.ts'

export function renderModels(models: ModelSummary[]): string {
  return JSON.stringify({ object: 'list', data: models.map(describe) })
}

export function renderModel(model: ModelSummary): string {
  return JSON.stringify(describe(model))
}

function describe({ name, createdAt }: ModelSummary): Record<string, unknown> {
  return { id: name, object: 'model', created: Math.floor(createdAt.getTime() / 1000), owned_by: 'stipend' }
}
