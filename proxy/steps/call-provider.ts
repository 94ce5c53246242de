import { StipendError } from '#lib/core/errors.ts'
import type { Nanos } from '#lib/core/money.ts'
import type { ModelRequest } from '../dialects/dialect.ts'
import type { Exchange } from '../exchange.ts'
import type { Caller, Gateway, Route } from '../gateway.ts'
import type { Channels } from '../hub/channel.ts'
import { affinityOf } from '../routing/affinity-of.ts'
import { openPurse } from '../routing/open-purse.ts'
import { planAttempts, type Target } from '../routing/plan-attempts.ts'
import { attemptCall } from './attempt-call.ts'
import { awaitTurn } from './await-turn.ts'
import type { Reply } from './begin-reply.ts'
import type { Allowance } from './cap-output.ts'
import { ClientGone } from './client-gone.ts'
import type { RequestRecord } from './open-record.ts'
import { pause } from './pause.ts'
import type { Reserved } from './reserve-budget.ts'

/** A request with the money that is set aside for it. */
export interface Errand {
  caller: Caller
  request: ModelRequest
  route: Route
  reserved: Reserved
  /** What that pays for at the first attempt; null: it has to be seen. */
  allowance: Allowance | null
  /** What is owed already, of an answer that broke. */
  keptNanos?: Nanos
  record: RequestRecord
  channels: Channels
}

/**
 * Calls one deployment after the other until one answers, before anything was sent to the caller. Each is paid for before
 * it is called. Throws a `VendorRefusal` when the request is at fault, and the last failure when all of them failed.
 */
export async function callProvider(gateway: Gateway, exchange: Exchange, errand: Errand): Promise<Reply> {
  const { signal } = exchange.request
  const { route, request, caller, channels } = errand
  const plan = planAttempts(gateway, exchange, route, affinityFor(route, request, caller))
  const purse = openPurse(gateway, exchange, errand)
  let failure: unknown = null
  let isLimited = false
  for (let target = plan.next(); target; target = plan.next()) {
    if (target.pauseMs > 0 && isLimited) target = await waitInLine(gateway, exchange, errand, target, failure)
    else if (target.pauseMs > 0) await pause(target.pauseMs, signal)
    if (signal.aborted) throw new ClientGone()
    const allowance = await purse.fund(target)
    if (!allowance) {
      plan.unpaid(target)
      continue
    }
    const channel = channels.get(target.deployment.id)!
    const outcome = await attemptCall(gateway, exchange, channel, target, allowance, purse)
    if ('reply' in outcome) return outcome.reply
    failure = outcome.failure
    if (failure instanceof ClientGone) throw failure
    isLimited = outcome.lesson.fault === 'limit'
    plan.failed(target, outcome.lesson)
  }
  throw failure ?? restingFailure(gateway, route, plan.coolUntilMs())
}

/** Whoever was told to slow down takes its turn again, before those who have not been tried yet. */
async function waitInLine(
  gateway: Gateway,
  exchange: Exchange,
  { caller, request, route, reserved }: Errand,
  target: Target,
  failure: unknown,
): Promise<Target> {
  exchange.pass?.used(0)
  exchange.pass = await awaitTurn(gateway, exchange, caller, request, route, reserved.estimate, true).catch((error) => {
    throw error instanceof ClientGone ? error : failure
  })
  const { deployment } = exchange.pass
  return deployment ? { ...target, route, deployment } : target
}

/** Where there is no choice there is no need to know. */
function affinityFor(route: Route, request: ModelRequest, caller: Caller): string | null {
  return route.deployments.length > 1 ? affinityOf(request, caller) : null
}

function restingFailure({ clock }: Gateway, { model }: Route, coolUntilMs: number | null): StipendError {
  if (coolUntilMs === null) return new StipendError('unavailable', `No provider serves ${model} at the moment.`)
  const message = `Every account that serves ${model} is at its vendor's rate limit. Retry later.`
  return new StipendError('rate_limit_exceeded', message, { retryAfterMs: Math.max(1, coolUntilMs - clock.now()) })
}
