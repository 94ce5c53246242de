/** Every code that a caller of the gateway can meet, and the HTTP status that goes with it. */
export const refusalCodes = {
  invalid_request_error: 400,
  invalid_api_key: 401,
  insufficient_quota: 402,
  model_not_allowed: 403,
  key_paused: 403,
  key_expired: 403,
  ip_not_allowed: 403,
  model_not_found: 404,
  request_too_large: 413,
  rate_limit_exceeded: 429,
  internal_error: 500,
  upstream_error: 502,
  unavailable: 503,
  upstream_timeout: 504,
} as const

export type RefusalCode = keyof typeof refusalCodes

export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusalCodes, code)
}

/** What may pass if it is asked again as it is. */
export function mayRetry(code: RefusalCode): boolean {
  return refusalCodes[code] === 429 || refusalCodes[code] >= 500
}
