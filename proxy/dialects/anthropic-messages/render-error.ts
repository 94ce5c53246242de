import type { StipendError } from '#lib/core/errors.ts'

export function renderError(error: StipendError, requestId?: string): string {
  return JSON.stringify({ type: 'error', error: describe(error), ...(requestId && { request_id: requestId }) })
}

export function renderErrorEvent(error: StipendError): string {
  return `event: error\ndata: ${renderError(error)}\n\n`
}

/** Anthropic's two fields, and beside them what tells one refusal from another. */
function describe(error: StipendError): Record<string, unknown> {
  return {
    type: typeOfStatus[error.status] ?? (error.status >= 500 ? 'api_error' : 'invalid_request_error'),
    message: error.message,
    code: error.code,
    ...(error.param && { param: error.param }),
    ...(error.facts && { details: error.facts }),
  }
}

const typeOfStatus: Record<number, string> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  503: 'overloaded_error',
  504: 'timeout_error',
}
