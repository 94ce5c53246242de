import type { ModelRequest, Target } from '../dialect.ts'
import { fitVendor } from './fit-vendor.ts'
import { quirksOf } from './quirks.ts'

/** The caller's own body but for the model that was authorised, a cap that money set, the usage, and the vendor's spelling. */
export function writeRequest(request: ModelRequest, target: Target, outputCap: number | null): string {
  const body: Record<string, unknown> = { ...request.body, model: target.upstreamModel }
  if (outputCap !== null) {
    body[quirksOf(target.vendor).cap === 'newer' ? 'max_completion_tokens' : 'max_tokens'] = outputCap
  }
  if (request.stream) body.stream_options = { ...(request.body.stream_options as object | null), include_usage: true }
  fitVendor(body, target)
  return JSON.stringify(body)
}
