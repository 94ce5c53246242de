import { Refused } from './faults/refusal.ts'

export interface Allowance {
  left: number
  filledAtMs: number
}

/** What a vendor lets through at once, in seconds of its pace. */
const burstSeconds = 1.2

/**
 * Takes one request of what a credential may send: a bucket that holds a little more than a second's worth. Returns the
 * headers that tell of it. What is beyond is refused, and costs nothing of the allowance.
 */
export function takeAllowance(
  allowances: Map<string, Allowance>,
  credential: string,
  requestsPerMinute: number,
  nowMs: number,
): Record<string, string> {
  const perMs = requestsPerMinute / 60_000
  const most = Math.max(1, perMs * 1000 * burstSeconds)
  const before = allowances.get(credential) ?? { left: most, filledAtMs: nowMs }
  const left = Math.min(most, before.left + (nowMs - before.filledAtMs) * perMs)
  const isRefused = left < 1
  const kept = isRefused ? left : left - 1
  allowances.set(credential, { left: kept, filledAtMs: nowMs })
  const headers = {
    'x-ratelimit-limit-requests': String(Math.floor(most)),
    'x-ratelimit-remaining-requests': String(Math.floor(kept)),
    'x-ratelimit-reset-requests': `${Math.ceil((most - kept) / perMs)}ms`,
  }
  if (!isRefused) return headers
  const waitMs = Math.ceil((1 - left) / perMs)
  throw new Refused({
    status: 429,
    code: 'rate_limit_exceeded',
    type: 'requests',
    message: `Rate limit reached: ${requestsPerMinute} requests per minute. Please try again in ${waitMs}ms.`,
    headers: { ...headers, 'retry-after': String(Math.ceil(waitMs / 1000)), 'retry-after-ms': String(waitMs) },
  })
}
