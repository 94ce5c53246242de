import { StipendError } from '#lib/core/errors.ts'
import { describeError } from './describe-error.ts'
import type { Answer, Exchange } from './exchange.ts'
import type { Log } from './gateway.ts'
import { ClientGone } from './steps/client-gone.ts'
import { VendorRefusal } from './steps/vendor-refusal.ts'

/** What will fail again in the same way: clients retry what they are not told to leave. */
const notWorthRetrying = new Set([400, 401, 402, 403, 404, 405, 413, 422])

const defaultRetryAfterMs = 1000

/** The answer for whatever a story threw, in the words of the caller's dialect. */
export function renderFailure(log: Log, exchange: Exchange, error: unknown): Answer {
  if (error instanceof ClientGone) return { status: 499, headers: {}, body: new Uint8Array(0) }
  if (error instanceof VendorRefusal) {
    const { status, headers, translated } = error
    const body = translated ? Buffer.from(exchange.dialect.renderError(translated, exchange.id)) : error.body
    return { status, headers: { ...retryHeaders(status), ...headers }, body }
  }
  const failure = asStipendError(log, exchange, error)
  return {
    status: failure.status,
    headers: {
      'content-type': 'application/json',
      ...retryHeaders(failure.status, failure.retryAfterMs),
      ...(failure.code === 'method_not_allowed' && { allow: String(failure.facts?.allowed) }),
    },
    body: Buffer.from(exchange.dialect.renderError(failure, exchange.id)),
  }
}

function asStipendError(log: Log, exchange: Exchange, error: unknown): StipendError {
  if (error instanceof StipendError) {
    if (error.status >= 500) log.warn({ requestId: exchange.id, ...describeError(error) }, 'a request failed')
    return error
  }
  log.error({ requestId: exchange.id, ...describeError(error) }, 'a request failed in a way that nobody foresaw')
  return new StipendError('internal_error', `Something broke here. Tell whoever runs this gateway: ${exchange.id}.`)
}

function retryHeaders(status: number, retryAfterMs = defaultRetryAfterMs): Record<string, string> {
  if (notWorthRetrying.has(status)) return { 'x-should-retry': 'false' }
  if (status !== 429 && status !== 503) return {}
  return { 'retry-after': String(Math.ceil(retryAfterMs / 1000)), 'retry-after-ms': String(Math.ceil(retryAfterMs)) }
}
