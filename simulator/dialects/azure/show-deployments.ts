import type { Answer } from '../../answer.ts'
import { showModels } from '../openai/show-models.ts'

/** The list of models at either of Azure's addresses. */
export function showDeployments(path: string, models: readonly string[]): Answer | null {
  const found = /^\/openai(?:\/v1)?(\/models(?:\/.*)?)$/.exec(path)?.[1]
  return found === undefined ? null : showModels(`/v1${found}`, models)
}
