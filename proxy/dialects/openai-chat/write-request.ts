import type { ModelRequest, Target } from '../dialect.ts'

/** Their newer models refuse the older field; other vendors may not know the newer one. */
const newerCapField = new Set(['openai', 'azure'])

/** The caller's own body but for three things: the model that was authorised, a cap that money set, the usage. */
export function writeRequest(request: ModelRequest, target: Target, outputCap: number | null): string {
  const body: Record<string, unknown> = { ...request.body, model: target.upstreamModel }
  if (outputCap !== null) body[newerCapField.has(target.vendor) ? 'max_completion_tokens' : 'max_tokens'] = outputCap
  if (request.stream) body.stream_options = { ...(request.body.stream_options as object | null), include_usage: true }
  return JSON.stringify(body)
}
