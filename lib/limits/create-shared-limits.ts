import { Redis } from 'ioredis'
import { StipendError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { answeredInTime } from './answered-in-time.ts'
import { createMemoryLimits } from './create-memory-limits.ts'
import { limitHeaders } from './limit-headers.ts'
import { enterScript, expectScript, leaveScript, nodesKey } from './limit-scripts.ts'
import { refuseLimit } from './refuse-limit.ts'
import { type Admission, type LimitKind, type Limits, noLimits, type ScopeLimits } from './scope-limits.ts'

/** A caller waits no longer for a Redis that does not answer. */
const longestAnswerMs = 1_000
const longestReconnectMs = 2_000
/** A turn that nobody ended, because its gateway died, is given up after this. */
const turnLeaseMs = 15 * 60_000
const heartbeatMs = 5_000

type Commands = Redis &
  Record<'stipendEnter' | 'stipendExpect' | 'stipendLeave', (...given: (string | number)[]) => Promise<unknown[]>>

export interface SharedLimits extends Limits {
  /** How many gateways there are, as far as is known. */
  gateways(): number
  close(): Promise<void>
}

/**
 * Rate limits that all gateways with the same Redis hold together. While it is away each gateway grants its share of
 * every limit (one part in as many as there were gateways), from a memory that has counted along.
 */
export function createSharedLimits(options: {
  url: string
  /** How long Redis has for an answer. */
  answerWithinMs?: number
  log: { warn(facts: object, message: string): void; info(facts: object, message: string): void }
}): SharedLimits {
  const { url, log, answerWithinMs = longestAnswerMs } = options
  const inTime = <T>(answer: Promise<T>): Promise<T> => answeredInTime(answer, answerWithinMs)
  const memory = createMemoryLimits()
  const nodeId = newId()
  let gateways = 1
  let isAway = false
  /** Fewer are believed when all who live have had time to say so: a Redis that was restarted knows of nobody at first. */
  let fewerFromMs = 0
  const learn = (count: number): void => {
    if (count > gateways || Date.now() >= fewerFromMs) gateways = Math.max(1, count)
  }

  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    retryStrategy: (times) => Math.min(times * 50, longestReconnectMs),
  }) as Commands
  redis.defineCommand('stipendEnter', { lua: enterScript })
  redis.defineCommand('stipendExpect', { lua: expectScript })
  redis.defineCommand('stipendLeave', { lua: leaveScript })
  const away = (error: unknown): void => {
    if (!isAway)
      log.warn({ error: String(error), gateways }, 'Redis is away: this gateway grants its share of the limits')
    isAway = true
  }
  redis.on('error', away)

  const beat = async (): Promise<void> => {
    try {
      const nowMs = Date.now()
      await inTime(redis.zadd(nodesKey, nowMs, nodeId))
      await inTime(redis.zremrangebyscore(nodesKey, '-inf', nowMs - 3 * heartbeatMs))
      learn(await inTime(redis.zcard(nodesKey)))
    } catch (error) {
      away(error)
    }
  }
  redis.on('ready', () => {
    if (isAway) log.info({}, 'Redis is back: the limits are shared again')
    isAway = false
    fewerFromMs = Date.now() + 3 * heartbeatMs
    void beat()
  })
  const timer = setInterval(() => void beat(), heartbeatMs).unref()

  async function enterShared(limits: ScopeLimits[]): Promise<Admission> {
    const turnId = newId()
    const keys = limits.flatMap(({ scope, id }) => [`stipend:limit:${scope}:${id}`, `stipend:turns:${scope}:${id}`])
    const numbers = limits.map((one) => [
      one.requestsPerMinute ?? -1,
      one.tokensPerMinute ?? -1,
      one.requestsPerDay ?? -1,
    ])
    const given = limits.flatMap((one, index) => [...numbers[index]!, one.maxParallel ?? -1])
    const answer = await inTime(redis.stipendEnter(keys.length, ...keys, turnId, turnLeaseMs, ...given))
    throwIfRefused(limits, answer)
    learn(Number(answer.at(-1)))
    const counted = memory.enter({ limits }, { share: 1 / gateways, isDecided: true })
    let expected = 0
    return {
      headers: limitHeaders(
        limits,
        limits.map((one, index) => ({
          requests: one.requestsPerMinute === null ? null : Number(answer[2 * index + 1]),
          tokens: one.tokensPerMinute === null ? null : Number(answer[2 * index + 2]),
        })),
      ),
      expect(tokens) {
        if (limits.every(({ tokensPerMinute }) => tokensPerMinute === null)) return undefined
        return inTime(redis.stipendExpect(keys.length, ...keys, Math.ceil(tokens), ...numbers.flat())).then(
          (said) => {
            throwIfRefused(limits, said)
            counted.expect(tokens)
            expected = tokens
          },
          // It was admitted; what it uses is counted when it leaves.
          away,
        )
      },
      leave(tokens) {
        counted.leave(tokens)
        const used = Math.ceil(tokens - expected)
        inTime(redis.stipendLeave(keys.length, ...keys, turnId, used, ...numbers.flat())).catch(away)
      },
    }
  }

  return {
    enter(caller) {
      const { limits } = caller
      if (limits.length === 0) return noLimits
      const alone = (): Admission => memory.enter(caller, { share: 1 / gateways })
      if (redis.status !== 'ready') return alone()
      return enterShared(limits).catch((error: unknown) => {
        if (error instanceof StipendError) throw error
        away(error)
        return alone()
      })
    },
    gateways: () => gateways,
    async close() {
      clearInterval(timer)
      await inTime(redis.zrem(nodesKey, nodeId)).catch(() => undefined)
      redis.disconnect()
    },
  }
}

function throwIfRefused(limits: ScopeLimits[], [isAdmitted, scope, kind, waitMs]: unknown[]): void {
  if (isAdmitted === 1) return
  throw refuseLimit(limits[Number(scope) - 1]!, kind as LimitKind, Number(waitMs))
}
