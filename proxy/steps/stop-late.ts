import { StipendError } from '#lib/core/errors.ts'
import type { Exchange } from '../exchange.ts'
import type { Gateway, RoutePolicy } from '../gateway.ts'
import { passTurn, silentTurns } from './pass-turn.ts'

export interface Stop {
  /** Of our own patience, and of the caller's where nothing can be heard to its end. */
  signal: AbortSignal
  /** Aborts when the vendor is to hear that its caller has left. */
  left: AbortSignal
  hangUp(): void
  /** The first byte is here. From then on a stream sees to a caller who leaves by itself. */
  began(isStream: boolean): void
  over(): void
}

/** A document that was on its way when the caller left is still read: its figures are exact. */
const graceTurns = 1

/** Stops an attempt when the caller leaves, when its first byte is late, or when the route's time for all of it is up. */
export function stopLate(
  gateway: Gateway,
  exchange: Exchange,
  policy: RoutePolicy,
  patienceMs: number | null,
  asksForStream: boolean,
): Stop {
  const { signal } = exchange.request
  const controller = new AbortController()
  const left = new AbortController()
  let isWaiting = true

  const leave = async (): Promise<void> => {
    clearTimeout(late)
    // A document is finished also where nobody waits for it; a stream ends with the vendor's word that it does.
    if (asksForStream) left.abort()
    for (let turns = asksForStream ? silentTurns : graceTurns; turns > 0; turns--) {
      await passTurn()
      if (!isWaiting) return
    }
    controller.abort(tooLate('caller_left'))
  }
  const onLeave = (): void => void leave()
  const stay = (): void => {
    isWaiting = false
    signal.removeEventListener('abort', onLeave)
  }

  const firstByteMs = Math.min(
    policy.firstTokenMs ?? gateway.settings.upstreamHeadersMs,
    patienceMs ?? Number.POSITIVE_INFINITY,
  )
  const late = setTimeout(() => controller.abort(tooLate('first_token_timeout')), firstByteMs)
  const leftMs = policy.totalMs === null ? null : exchange.startedAtMs + policy.totalMs - gateway.clock.now()
  const overdue =
    leftMs === null ? null : setTimeout(() => controller.abort(tooLate('total_timeout')), Math.max(0, leftMs))
  signal.addEventListener('abort', onLeave, { once: true })
  if (signal.aborted) onLeave()
  return {
    signal: controller.signal,
    left: left.signal,
    hangUp: () => left.abort(),
    began(isStream) {
      clearTimeout(late)
      if (isStream) stay()
    },
    over() {
      clearTimeout(late)
      if (overdue) clearTimeout(overdue)
      stay()
    },
  }
}

function tooLate(code: string): StipendError {
  const cause = Object.assign(new Error('The attempt was stopped.'), { code })
  return new StipendError('upstream_timeout', 'The provider took too long to answer. Try again later.', { cause })
}
