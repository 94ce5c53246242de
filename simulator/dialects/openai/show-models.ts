import type { Answer } from '../../answer.ts'
import { Refused } from '../../faults/refusal.ts'

const createdAtSeconds = 1_715_367_049
const listPath = '/v1/models'

/** OpenAI's list of models, or one of it. */
export function showModels(path: string, models: readonly string[]): Answer | null {
  if (path === listPath) return show({ object: 'list', data: models.map(describe) })
  if (!path.startsWith(`${listPath}/`)) return null
  const wanted = path.slice(listPath.length + 1)
  const model = models.find((name) => name === wanted || encodeURIComponent(name) === wanted)
  if (model !== undefined) return show(describe(model))
  throw new Refused({
    status: 404,
    code: 'model_not_found',
    type: 'invalid_request_error',
    param: 'model',
    message: `The model '${wanted}' does not exist`,
  })
}

function describe(id: string): object {
  return { id, object: 'model', created: createdAtSeconds, owned_by: 'simulator' }
}

function show(body: object): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    isStream: false,
    parts: [{ bytes: JSON.stringify(body), tokens: 0 }],
    ending: 'end',
  }
}
