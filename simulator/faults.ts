/** An answer that is an error from its first byte. */
export interface Refusal {
  status: number
  headers?: Record<string, string>
  contentType?: string
  body: string
}

function openAiError(
  status: number,
  code: string | null,
  type: string,
  message: string,
  headers?: Record<string, string>,
): Refusal {
  return { status, ...(headers && { headers }), body: JSON.stringify({ error: { message, type, param: null, code } }) }
}

/** Errors by name; each is what a vendor of OpenAI's dialect sends. */
export const refusals = {
  'bad-request': openAiError(400, null, 'invalid_request_error', 'Unsupported value: temperature.'),
  unauthorized: openAiError(401, 'invalid_api_key', 'invalid_request_error', 'Incorrect API key provided.'),
  forbidden: openAiError(403, 'unsupported_country_region_territory', 'request_forbidden', 'Country not supported.'),
  'not-found': openAiError(404, 'model_not_found', 'invalid_request_error', 'The model does not exist.'),
  timeout: openAiError(408, null, 'timeout', 'Request timed out.'),
  'too-large': openAiError(413, null, 'invalid_request_error', 'Request too large.'),
  'rate-limit': openAiError(429, 'rate_limit_exceeded', 'requests', 'Rate limit reached.'),
  'rate-limit-retry-after': openAiError(429, 'rate_limit_exceeded', 'requests', 'Rate limit reached.', {
    'retry-after': '1',
    'retry-after-ms': '800',
  }),
  'out-of-credit': openAiError(429, 'insufficient_quota', 'insufficient_quota', 'You exceeded your current quota.'),
  'server-error': openAiError(500, null, 'server_error', 'The server had an error.'),
  'bad-gateway-html': {
    status: 502,
    contentType: 'text/html',
    body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
  },
  unavailable: openAiError(503, null, 'server_error', 'The engine is overloaded.'),
  overloaded: openAiError(529, null, 'overloaded_error', 'Overloaded.'),
} as const satisfies Record<string, Refusal>

/** Things that go wrong with the connection or in the middle of an answer. */
export const disturbances = [
  'hang', // never answers
  'reset-before-headers',
  'reset-mid-chunk',
  'reset-between-events',
  'end-without-done',
  'error-mid-stream', // an error event under HTTP 200
  'invalid-json',
  'wrong-content-type',
  'enormous-body',
  'usage-missing',
  'usage-null',
  'usage-twice',
] as const

export type Fault = keyof typeof refusals | (typeof disturbances)[number]

export function isFault(name: unknown): name is Fault {
  return typeof name === 'string' && (name in refusals || (disturbances as readonly string[]).includes(name))
}
