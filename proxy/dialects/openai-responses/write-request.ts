import type { ModelRequest, Target } from '../dialect.ts'
import { withoutForeignThoughts } from './without-foreign-thoughts.ts'

/** The caller's own body but for the model that was authorised, and a cap that money set. */
export function writeRequest(request: ModelRequest, target: Target, outputCap: number | null): string {
  const body: Record<string, unknown> = { ...withoutForeignThoughts(request.body), model: target.upstreamModel }
  if (outputCap !== null) body.max_output_tokens = outputCap
  return JSON.stringify(body)
}
