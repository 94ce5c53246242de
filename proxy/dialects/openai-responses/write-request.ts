import type { ModelRequest, Target } from '../dialect.ts'
import { withoutForeignThoughts } from './without-foreign-thoughts.ts'
import { withoutOfferedSearch } from './without-offered-search.ts'

/** The caller's own body but for the model that was authorised, a cap that money set, and what is left out and said to be. */
export function writeRequest(request: ModelRequest, target: Target, outputCap: number | null): string {
  const known = withoutForeignThoughts(request.body)
  const kept = request.dropped ? withoutOfferedSearch(known) : known
  const body: Record<string, unknown> = { ...kept, model: target.upstreamModel }
  if (outputCap !== null) body.max_output_tokens = outputCap
  return JSON.stringify(body)
}
