import { limitHeaders } from './limit-headers.ts'
import { refuseLimit } from './refuse-limit.ts'
import { type Admission, type LimitedCaller, noLimits, type ScopeLimits } from './scope-limits.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** A scope without a daily limit that was not used for this long is whole again: nothing need be remembered of it. */
const forgetAfterMs = 2 * minuteMs
const pruneAbove = 10_000

/** What is left of an allowance; it fills up evenly. */
interface Standing {
  requests: number
  tokens: number
  day: number
  filledAt: number
  parallel: number
}

export interface MemoryLimits {
  enter(caller: LimitedCaller, options?: { share?: number; isDecided?: boolean }): Admission
}

/**
 * Rate limits in the memory of this process. `share` is the part of each limit that it may grant; `isDecided` takes note
 * of a turn that was granted elsewhere. A token estimate is taken before and corrected after: an answer that used more
 * makes a debt, which later callers wait off.
 */
export function createMemoryLimits(now: () => number = Date.now): MemoryLimits {
  const standings = new Map<string, Standing>()

  function standingOf(limits: ScopeLimits, share: number, at: number): Standing {
    const { scope, id, requestsPerMinute, tokensPerMinute, requestsPerDay } = limits
    const key = `${scope} ${id}`
    const [requests, tokens, day] = [requestsPerMinute, tokensPerMinute, requestsPerDay].map((limit) =>
      limit === null ? Number.POSITIVE_INFINITY : Math.max(1, limit * share),
    ) as [number, number, number]
    let standing = standings.get(key)
    if (!standing) {
      if (standings.size > pruneAbove) prune(at)
      standing = { requests, tokens, day, filledAt: at, parallel: 0 }
      standings.set(key, standing)
      return standing
    }
    const minutes = (at - standing.filledAt) / minuteMs
    standing.requests = fill(standing.requests, requests, minutes)
    standing.tokens = fill(standing.tokens, tokens, minutes)
    standing.day = fill(standing.day, day, (at - standing.filledAt) / dayMs)
    standing.filledAt = at
    return standing
  }

  function prune(at: number): void {
    for (const [key, { parallel, filledAt, day }] of standings) {
      if (parallel === 0 && at - filledAt > (Number.isFinite(day) ? dayMs : forgetAfterMs)) standings.delete(key)
    }
  }

  return {
    enter({ limits }, { share = 1, isDecided = false } = {}) {
      if (limits.length === 0) return noLimits
      const at = now()
      const held = limits.map((one) => standingOf(one, share, at))
      if (!isDecided) for (const [index, one] of limits.entries()) check(one, held[index]!, share)
      for (const standing of held) {
        standing.requests -= 1
        standing.day -= 1
        standing.parallel += 1
      }
      let expected = 0
      return {
        headers: limitHeaders(
          limits,
          held.map((standing, index) => ({
            requests: limits[index]!.requestsPerMinute === null ? null : standing.requests,
            tokens: limits[index]!.tokensPerMinute === null ? null : standing.tokens,
          })),
        ),
        expect(tokens) {
          for (const one of limits) {
            const { tokensPerMinute } = one
            if (tokensPerMinute === null || isDecided) continue
            const { tokens: left } = standingOf(one, share, now())
            // What is larger than the whole allowance may still go, once all of it is there.
            const needed = Math.min(tokens, tokensPerMinute * share)
            const perMs = (tokensPerMinute * share) / minuteMs
            if (left < needed) throw refuseLimit(one, 'tokensPerMinute', (needed - left) / perMs)
          }
          expected = tokens
          for (const standing of held) standing.tokens -= tokens
          return undefined
        },
        leave(tokens) {
          for (const standing of held) {
            standing.parallel -= 1
            standing.tokens -= tokens - expected
          }
        },
      }
    },
  }
}

function check(limits: ScopeLimits, standing: Standing, share: number): void {
  const { requestsPerMinute, tokensPerMinute, requestsPerDay, maxParallel } = limits
  if (maxParallel !== null && standing.parallel >= Math.max(1, Math.floor(maxParallel * share))) {
    throw refuseLimit(limits, 'maxParallel', 1000)
  }
  if (standing.requests < 1) {
    throw refuseLimit(limits, 'requestsPerMinute', ((1 - standing.requests) * minuteMs) / (requestsPerMinute! * share))
  }
  if (standing.day < 1) {
    throw refuseLimit(limits, 'requestsPerDay', ((1 - standing.day) * dayMs) / (requestsPerDay! * share))
  }
  if (standing.tokens <= 0) {
    throw refuseLimit(limits, 'tokensPerMinute', ((1 - standing.tokens) * minuteMs) / (tokensPerMinute! * share))
  }
}

/** `left` may be a number of an allowance that has changed since. */
function fill(left: number, limit: number, spans: number): number {
  if (limit === Number.POSITIVE_INFINITY) return limit
  return left === Number.POSITIVE_INFINITY ? limit : Math.min(limit, left + limit * spans)
}
