/** Every refusal that a caller can meet, and the HTTP status that goes with it. Codes never change. */
export const statusOfCode = {
  invalid_request_error: 400,
  invalid_api_key: 401,
  unauthenticated: 401,
  insufficient_quota: 402,
  model_not_allowed: 403,
  key_paused: 403,
  key_expired: 403,
  ip_not_allowed: 403,
  forbidden: 403,
  model_not_found: 404,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  request_too_large: 413,
  rate_limit_exceeded: 429,
  internal_error: 500,
  upstream_error: 502,
  unavailable: 503,
  upstream_timeout: 504,
} as const

export type ErrorCode = keyof typeof statusOfCode

export interface ErrorDetails {
  /** Path of the offending field, for example "messages.0.role". */
  param?: string
  retryAfterMs?: number
  /** More that a program may want to read; shown to the caller. */
  facts?: Record<string, unknown>
  /** What went wrong inside; logged, never shown. */
  cause?: unknown
}

/** An expected failure. `message` is for the caller and says what to do next. */
export class StipendError extends Error {
  override readonly name = 'StipendError'
  readonly code: ErrorCode
  readonly status: number
  readonly param: string | undefined
  readonly retryAfterMs: number | undefined
  readonly facts: Record<string, unknown> | undefined

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause })
    this.code = code
    this.status = statusOfCode[code]
    this.param = details.param
    this.retryAfterMs = details.retryAfterMs
    this.facts = details.facts
  }
}
