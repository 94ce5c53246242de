import type { StipendError } from '#lib/core/errors.ts'

/** Google's names for what a status means. */
const nameOfStatus: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  402: 'RESOURCE_EXHAUSTED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  405: 'UNIMPLEMENTED',
  409: 'ABORTED',
  413: 'INVALID_ARGUMENT',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
}

/** Google's three fields; our stable code is the reason, as Google gives its own. */
export function renderError(error: StipendError): string {
  const metadata = { ...(error.param && { param: error.param }), ...error.facts }
  const reason = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: error.code,
    domain: 'stipend',
    metadata,
  }
  return JSON.stringify({
    error: {
      code: error.status,
      message: error.message,
      status: nameOfStatus[error.status] ?? 'INTERNAL',
      details: [reason],
    },
  })
}
