import { StipendError } from '#lib/core/errors.ts'
import type { ModelRequest } from '../dialects/dialect.ts'
import { type Exchange, headerOf } from '../exchange.ts'
import type { Caller, Gateway, Route } from '../gateway.ts'
import type { Estimate } from '../metering/bound-cost.ts'
import { affinityOf } from '../routing/affinity-of.ts'
import type { Pass } from '../routing/queue.ts'
import { probableTokens } from './expect-tokens.ts'

const longestWaitMs = 3_600_000
const priorities: Record<string, number> = { high: 1, normal: 0, low: -1 }

/**
 * Waits until an account of the route has room: before any money is set aside for the request, or, `isAgain`, with what it
 * holds, because a vendor told it to slow down.
 */
export async function awaitTurn(
  gateway: Gateway,
  exchange: Exchange,
  caller: Caller,
  request: ModelRequest,
  route: Route,
  estimate: Estimate,
  isAgain = false,
): Promise<Pass> {
  const { signal } = exchange.request
  const startedAtMs = gateway.clock.now()
  let isWaiting = false
  const pass = await gateway.queue.enter({
    caller,
    route,
    // Where there is no choice there is no need to know.
    affinity: route.deployments.length > 1 ? affinityOf(request, caller) : null,
    tokens: probableTokens(request, estimate),
    priority: priorityOf(exchange) + (isAgain ? 0.5 : 0),
    mostMs: Math.min(mostWaitMs(gateway, exchange), route.policy.totalMs ?? Number.POSITIVE_INFINITY),
    signal,
    onWait(position) {
      isWaiting = true
      exchange.headers['x-stipend-queue-position'] = String(position + 1)
      if (request.stream && !isAgain) exchange.waits?.()
    },
  })
  if (isWaiting) exchange.headers['x-stipend-queued-ms'] = String(Math.round(gateway.clock.now() - startedAtMs))
  return pass
}

function mostWaitMs({ settings }: Gateway, { request }: Exchange): number {
  const asked = headerOf(request, 'x-stipend-max-wait')
  if (asked === null) return settings.queueWaitMs
  const seconds = Number(asked)
  if (Number.isFinite(seconds) && seconds >= 0) return Math.min(seconds * 1000, longestWaitMs)
  throw new StipendError('invalid_request_error', 'x-stipend-max-wait is a number of seconds.')
}

function priorityOf({ request }: Exchange): number {
  return priorities[headerOf(request, 'x-stipend-priority') ?? 'normal'] ?? 0
}
