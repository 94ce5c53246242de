import type { ModelRequest, Target } from '../dialect.ts'

/** The caller's own body but for the model that was authorised. */
export function writeNamed({ body }: ModelRequest, { upstreamModel }: Target): string {
  return JSON.stringify({ ...body, model: upstreamModel })
}
