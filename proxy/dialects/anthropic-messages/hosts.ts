import type { ModelRequest } from '../dialect.ts'

/** A cloud that serves Anthropic's models in Anthropic's words, at addresses of its own. */
interface Host {
  /** What its bodies say instead of the header. */
  version: string
  path(model: string, isStream: boolean): string
  /** Counts tokens; null: it cannot be asked in these words. */
  countPath: string | null
  /** Whether to stream stands in the path, and betas in the body. */
  isBodyBare: boolean
}

export const hosts: Readonly<Record<string, Host>> = {
  bedrock: {
    version: 'bedrock-2023-05-31',
    path: (model, isStream) => `/model/${encodeURIComponent(model)}/invoke${isStream ? '-with-response-stream' : ''}`,
    countPath: null,
    isBodyBare: true,
  },
  vertex: {
    version: 'vertex-2023-10-16',
    path: (model, isStream) =>
      // A version of a model stands behind an @, which Google wants as it is.
      `/publishers/anthropic/models/${encodeURIComponent(model).replaceAll('%40', '@')}:${isStream ? 'streamRawPredict' : 'rawPredict'}`,
    countPath: '/publishers/anthropic/models/count-tokens:rawPredict',
    isBodyBare: false,
  },
}

/** A body as its host wants it. */
export function asHosted(
  host: Host,
  body: Record<string, unknown>,
  { headers }: ModelRequest,
): Record<string, unknown> {
  const { model: _, stream, ...asked } = body
  const betas = headers?.['anthropic-beta']?.split(',').map((beta) => beta.trim())
  if (!host.isBodyBare) return { anthropic_version: host.version, ...asked, ...(stream !== undefined && { stream }) }
  return { anthropic_version: host.version, ...asked, ...(betas && { anthropic_beta: betas }) }
}
