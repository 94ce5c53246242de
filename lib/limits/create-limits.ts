import { StipendError } from '../core/errors.ts'
import { formatReset } from './format-reset.ts'

const minuteMs = 60_000
/** A key that was not used for this long has full buckets again: nothing need be remembered of it. */
const forgetAfterMs = 2 * minuteMs
const pruneAbove = 10_000

interface Caller {
  keyId: string
  requestsPerMinute: number | null
  tokensPerMinute: number | null
  maxParallel: number | null
}

export interface Admission {
  /** As OpenAI writes them; only of limits that there are. */
  headers: Record<string, string>
  /** Ends the caller's turn, with all tokens in and out. Call it exactly once. */
  leave(tokens: number): void
}

/** What is left of a minute's allowance; it fills up evenly. */
interface Bucket {
  left: number
  filledAt: number
}

interface Standing {
  requests: Bucket | null
  tokens: Bucket | null
  parallel: number
  usedAt: number
}

/**
 * Rate limits of this process. Tokens are known only afterwards, so a caller enters while any are left and may fall into
 * debt, which later callers wait off: over a minute the limit holds.
 */
export function createLimits(now: () => number = Date.now): { enter(caller: Caller): Admission } {
  const standings = new Map<string, Standing>()

  function standingOf(keyId: string, at: number): Standing {
    let standing = standings.get(keyId)
    if (!standing) {
      if (standings.size > pruneAbove) prune(at)
      standing = { requests: null, tokens: null, parallel: 0, usedAt: at }
      standings.set(keyId, standing)
    }
    standing.usedAt = at
    return standing
  }

  function prune(at: number): void {
    for (const [keyId, { parallel, usedAt }] of standings) {
      if (parallel === 0 && at - usedAt > forgetAfterMs) standings.delete(keyId)
    }
  }

  return {
    enter({ keyId, requestsPerMinute, tokensPerMinute, maxParallel }) {
      const at = now()
      const standing = standingOf(keyId, at)
      standing.requests = fill(standing.requests, requestsPerMinute, at)
      standing.tokens = fill(standing.tokens, tokensPerMinute, at)
      const { requests, tokens } = standing
      if (maxParallel !== null && standing.parallel >= maxParallel) {
        throw refuse(`${maxParallel} requests at the same time`, 1000)
      }
      if (requests && requests.left < 1) {
        throw refuse(`${requestsPerMinute} requests a minute`, ((1 - requests.left) * minuteMs) / requestsPerMinute!)
      }
      if (tokens && tokens.left <= 0) {
        throw refuse(`${tokensPerMinute} tokens a minute`, ((1 - tokens.left) * minuteMs) / tokensPerMinute!)
      }
      if (requests) requests.left -= 1
      standing.parallel += 1
      return {
        headers: {
          ...headersOf('requests', requests, requestsPerMinute),
          ...headersOf('tokens', tokens, tokensPerMinute),
        },
        leave(used) {
          standing.parallel -= 1
          if (standing.tokens) standing.tokens.left -= used
        },
      }
    },
  }
}

function fill(bucket: Bucket | null, limit: number | null, at: number): Bucket | null {
  if (limit === null) return null
  if (!bucket) return { left: limit, filledAt: at }
  const gained = ((at - bucket.filledAt) * limit) / minuteMs
  bucket.left = Math.min(limit, bucket.left + gained)
  bucket.filledAt = at
  return bucket
}

function headersOf(what: 'requests' | 'tokens', bucket: Bucket | null, limit: number | null): Record<string, string> {
  if (!bucket || limit === null) return {}
  const left = Math.max(0, Math.floor(bucket.left))
  return {
    [`x-ratelimit-limit-${what}`]: String(limit),
    [`x-ratelimit-remaining-${what}`]: String(left),
    [`x-ratelimit-reset-${what}`]: formatReset(((limit - left) * minuteMs) / limit),
  }
}

function refuse(limit: string, waitMs: number): StipendError {
  return new StipendError('rate_limit_exceeded', `This key may make ${limit}. Retry a little later.`, {
    retryAfterMs: Math.max(1, Math.ceil(waitMs)),
  })
}
