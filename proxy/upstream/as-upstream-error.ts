import { StipendError } from '#lib/core/errors.ts'

const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'])

/** What broke on the way to the vendor or back, as the caller may know it. */
export function asUpstreamError(error: unknown): StipendError {
  if (error instanceof StipendError) return error
  return timeouts.has(codeOf(error))
    ? new StipendError('upstream_timeout', 'The provider took too long to answer. Try again later.', { cause: error })
    : new StipendError('upstream_error', 'The connection to the provider failed. Try again later.', { cause: error })
}

/** "ECONNREFUSED", "UND_ERR_SOCKET" …; empty when the error has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
