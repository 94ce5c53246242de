import { StipendError } from '#lib/core/errors.ts'
import type { UpstreamResponse } from '../gateway.ts'
import type { Channel } from '../hub/channel.ts'
import { translateRefusal } from '../hub/translate-refusal.ts'
import { readRetryAfter } from '../routing/read-retry-after.ts'
import { AccountRefusal } from './account-refusal.ts'
import { readAll } from './read-all.ts'
import { VendorRefusal } from './vendor-refusal.ts'

const maxRefusalBytes = 1024 * 1024

/** The lab's own account was refused. */
const accountStatuses = new Set([401, 402, 403])

const timeoutStatuses = new Set([504, 522, 524])

/** What to throw for an answer that is none. */
export async function readRefusal(
  response: UpstreamResponse,
  { wire, translation }: Channel,
): Promise<VendorRefusal | StipendError> {
  const { status, headers } = response
  if (status >= 400 && status < 500 && !accountStatuses.has(status) && !isWebPage(response)) {
    const refusal: Record<string, string> = {}
    for (const name of ['content-type', 'retry-after', 'retry-after-ms']) {
      const value = headers[name]
      if (typeof value === 'string') refusal[name] = value
    }
    const body = await readAll(response.body, maxRefusalBytes)
    if (status === 400 && isUnknownKey(body)) return new AccountRefusal(status)
    const isForeign = translation !== null || wire.ownsRefusal?.(parse(body)) === false
    return new VendorRefusal(status, refusal, body, isForeign ? translateRefusal(status, body) : null)
  }
  await response.body[Symbol.asyncIterator]().return?.()
  if (accountStatuses.has(status)) return new AccountRefusal(status)
  if (timeoutStatuses.has(status)) {
    return new StipendError('upstream_timeout', `The provider timed out (HTTP ${status}). Try again later.`)
  }
  const retryAfterMs = readRetryAfter(headers) ?? undefined
  const message = `The provider gave no usable answer (HTTP ${status}). Try again later.`
  return new StipendError('upstream_error', message, retryAfterMs === undefined ? {} : { retryAfterMs })
}

/** Google says of a bad credential that an argument is wrong. */
function isUnknownKey(body: Uint8Array): boolean {
  return /"reason":\s*"API_KEY_(?:INVALID|EXPIRED)"/.test(Buffer.from(body).toString('utf8'))
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return null
  }
}

/** Nobody's model: a wrong base URL, or a wall before the right one. */
export function isWebPage({ headers }: UpstreamResponse): boolean {
  return String(headers['content-type']).toLowerCase().startsWith('text/html')
}
