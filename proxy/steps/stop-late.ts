import { StipendError } from '#lib/core/errors.ts'
import type { Exchange } from '../exchange.ts'
import type { Gateway, RoutePolicy } from '../gateway.ts'

export interface Stop {
  /** Of the caller's, and of our own patience. */
  signal: AbortSignal
  /** The first byte is here. From then on a stream sees to a caller who leaves by itself. */
  began(isStream: boolean): void
  over(): void
  /** It was stopped because the caller left, and nothing had come until then. */
  isCut(): boolean
}

/** What was on its way when the caller left is still read: it was served, and is owed. */
const graceMs = 250

/** Stops an attempt when the caller leaves, when its first byte is late, or when the route's time for all of it is up. */
export function stopLate(gateway: Gateway, exchange: Exchange, policy: RoutePolicy, patienceMs: number | null): Stop {
  const { signal } = exchange.request
  const controller = new AbortController()
  let leaving: NodeJS.Timeout | undefined
  let isCut = false
  const cut = (): void => {
    if (!leaving || controller.signal.aborted) return
    isCut = true
    controller.abort()
  }
  const leave = (): void => {
    // A timer runs before the bytes that have arrived by then are seen.
    leaving = setTimeout(() => setImmediate(() => setImmediate(cut)), graceMs)
  }
  const stay = (): void => {
    clearTimeout(leaving)
    leaving = undefined
    signal.removeEventListener('abort', leave)
  }
  signal.addEventListener('abort', leave, { once: true })
  if (signal.aborted) leave()

  const firstByteMs = Math.min(
    policy.firstTokenMs ?? gateway.settings.upstreamHeadersMs,
    patienceMs ?? Number.POSITIVE_INFINITY,
  )
  const late = setTimeout(() => controller.abort(tooLate('first_token_timeout')), firstByteMs)
  const leftMs = policy.totalMs === null ? null : exchange.startedAtMs + policy.totalMs - gateway.clock.now()
  const overdue =
    leftMs === null ? null : setTimeout(() => controller.abort(tooLate('total_timeout')), Math.max(0, leftMs))
  return {
    signal: controller.signal,
    began(isStream) {
      clearTimeout(late)
      if (isStream) stay()
    },
    over() {
      clearTimeout(late)
      if (overdue) clearTimeout(overdue)
      stay()
    },
    isCut: () => isCut,
  }
}

function tooLate(code: string): StipendError {
  const cause = Object.assign(new Error('The attempt was stopped.'), { code })
  return new StipendError('upstream_timeout', 'The provider took too long to answer. Try again later.', { cause })
}
