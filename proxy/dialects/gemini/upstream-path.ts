import { StipendError } from '#lib/core/errors.ts'
import type { ModelRequest, Target } from '../dialect.ts'

/** The method stands in the request's `method`; a base URL of Vertex AI ends with project and location. */
export function upstreamPath({ method, query }: ModelRequest, { vendor, upstreamModel }: Target): string {
  if (!method) throw new StipendError('internal_error', 'A request of this dialect has a method.')
  const owner = vendor === 'vertex' ? '/publishers/google' : '/v1beta'
  const name = upstreamModel.split('/').map(encodeURIComponent).join('/')
  return `${owner}/models/${name}:${method}${query ? `?${query}` : ''}`
}
