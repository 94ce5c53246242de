import { formatReset } from './format-reset.ts'
import type { Left, ScopeLimits } from './scope-limits.ts'

const minuteMs = 60_000

/** What remains, as OpenAI writes it: of whichever scope has the least left, for that one binds. */
export function limitHeaders(limits: ScopeLimits[], left: Left[]): Record<string, string> {
  return {
    ...headersOf(
      'requests',
      limits.map(({ requestsPerMinute }) => requestsPerMinute),
      left.map(({ requests }) => requests),
    ),
    ...headersOf(
      'tokens',
      limits.map(({ tokensPerMinute }) => tokensPerMinute),
      left.map(({ tokens }) => tokens),
    ),
  }
}

function headersOf(what: string, limits: (number | null)[], left: (number | null)[]): Record<string, string> {
  let binding = -1
  for (const [index, amount] of left.entries()) {
    if (amount === null || limits[index] == null) continue
    if (binding === -1 || amount < left[binding]!) binding = index
  }
  if (binding === -1) return {}
  const limit = limits[binding]!
  const remaining = Math.max(0, Math.floor(left[binding]!))
  return {
    [`x-ratelimit-limit-${what}`]: String(limit),
    [`x-ratelimit-remaining-${what}`]: String(remaining),
    [`x-ratelimit-reset-${what}`]: formatReset(((limit - remaining) * minuteMs) / limit),
  }
}
