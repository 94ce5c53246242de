import { StipendError } from '#lib/core/errors.ts'
import { formatUsd } from '#lib/core/money.ts'
import { describeError } from '../describe-error.ts'
import type { Exchange, Try } from '../exchange.ts'
import type { Gateway, UpstreamResponse } from '../gateway.ts'
import type { Channel } from '../hub/channel.ts'
import { writeCall } from '../hub/write-call.ts'
import type { Lesson } from '../routing/health.ts'
import { judgeFailure } from '../routing/judge-failure.ts'
import { boundOf, type Purse } from '../routing/open-purse.ts'
import type { Target } from '../routing/plan-attempts.ts'
import { codeOf } from '../upstream/as-upstream-error.ts'
import { NotDispatched } from '../upstream/not-dispatched.ts'
import { asFailure } from './as-failure.ts'
import { beginReply, type Reply } from './begin-reply.ts'
import type { Allowance } from './cap-output.ts'
import { ClientGone } from './client-gone.ts'
import { isUnread } from './is-unread.ts'
import { isWebPage, readRefusal } from './read-refusal.ts'
import { stopLate } from './stop-late.ts'
import { VendorRefusal } from './vendor-refusal.ts'

type Outcome = { reply: Reply } | { failure: Error; lesson: Lesson }

/** One upstream call, up to the first bytes of its answer. It never rejects: what failed is a row and a lesson. */
export async function attemptCall(
  gateway: Gateway,
  exchange: Exchange,
  channel: Channel,
  target: Target,
  allowance: Allowance,
  purse: Purse,
): Promise<Outcome> {
  const { deployment, route } = target
  const { path, headers, body } = writeCall(channel, deployment, allowance)
  const attempt = beginTry(gateway, exchange, target, allowance)
  const startedAtMs = gateway.clock.now()
  const call = gateway.health.begin(deployment, channel.request.stream)
  const stop = stopLate(gateway, exchange, route.policy, call.patienceMs, channel.request.stream)
  try {
    const response = await gateway.upstream.send({
      deployment,
      path,
      headers: { ...headers, 'x-request-id': exchange.id },
      body,
      signal: stop.signal,
      left: stop.left,
      connectMs: route.policy.connectMs,
      idleMs: route.policy.idleMs,
    })
    attempt.status = response.status
    gateway.queue.learn(deployment, response.headers)
    if (!isAnswer(response)) {
      attempt.fate = 'refused'
      throw await readRefusal(response, channel)
    }
    const reply = await beginReply(gateway, exchange, target, response, {
      channel,
      attempt,
      allowance,
      keptNanos: purse.keptNanos(),
      hangUp: stop.hangUp,
    })
    call.began()
    stop.began(reply.isStream)
    exchange.closed = (lesson) => {
      stop.over()
      call.ended(lesson)
      attempt.latencyMs = gateway.clock.now() - startedAtMs
    }
    return { reply }
  } catch (error) {
    stop.over()
    const failure = asFailure(error, exchange.request.signal)
    // Before a byte of it had come: the vendor hung up as well, once it was told.
    if (stop.left.aborted && !isUnread(error)) attempt.isEnded = true
    const lesson = judgeFailure(failure, attempt.status)
    call.ended(lesson)
    if (error instanceof NotDispatched) attempt.fate = 'unsent'
    attempt.error = wordFor(failure)
    attempt.latencyMs = gateway.clock.now() - startedAtMs
    if (attempt.fate === 'lost' && !(failure instanceof ClientGone)) {
      purse.keep(attempt.boundNanos)
      attempt.keptUsd = formatUsd(attempt.boundNanos)
    }
    if (!(failure instanceof ClientGone)) {
      const facts = {
        requestId: exchange.id,
        deploymentId: deployment.id,
        fault: lesson.fault,
        ...describeError(error),
      }
      gateway.log.warn(facts, 'an upstream attempt failed')
    }
    return { failure, lesson }
  }
}

/** Sent and unanswered until it shows otherwise: whatever throws in between, the money stays. */
function beginTry(gateway: Gateway, exchange: Exchange, { deployment, route }: Target, allowance: Allowance): Try {
  const attempt: Try = {
    deployment,
    boundNanos: boundOf(allowance, deployment) ?? 0n,
    model: route.model,
    deploymentId: deployment.id,
    providerId: deployment.providerId,
    provider: deployment.providerName,
    status: null,
    error: null,
    startedMs: gateway.clock.now() - exchange.startedAtMs,
    latencyMs: 0,
    fate: 'lost',
    keptUsd: null,
  }
  exchange.tries.push(attempt)
  return attempt
}

function isAnswer(response: UpstreamResponse): boolean {
  return response.status >= 200 && response.status < 300 && !isWebPage(response)
}

function wordFor(failure: unknown): string {
  if (failure instanceof VendorRefusal) return `refused with ${failure.status}`
  if (failure instanceof StipendError) return codeOf(failure.cause) || failure.code
  return 'client_gone'
}
