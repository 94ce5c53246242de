import type { StipendError } from '#lib/core/errors.ts'

export function renderError(error: StipendError): string {
  return JSON.stringify({ error: describe(error) })
}

/** OpenAI's clients throw when the data of an event has an `error`. */
export function renderErrorEvent(error: StipendError): string {
  return `data: ${renderError(error)}\n\n`
}

function describe(error: StipendError): Record<string, unknown> {
  return {
    message: error.message,
    type: typeOf(error),
    param: error.param ?? null,
    code: error.code,
    ...(error.facts && { details: error.facts }),
  }
}

function typeOf(error: StipendError): string {
  if (error.status === 402) return 'insufficient_quota'
  if (error.status === 429) return 'rate_limit_error'
  return error.status >= 500 ? 'server_error' : 'invalid_request_error'
}
