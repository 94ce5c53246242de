import type { DialectName } from '#lib/core/dialects.ts'
import { StipendError } from '#lib/core/errors.ts'
import { formatUsd } from '#lib/core/money.ts'
import { unknownUsage } from '#lib/core/usage.ts'
import { describeError } from '../describe-error.ts'
import type { ModelRequest } from '../dialects/dialect.ts'
import type { Exchange, Try } from '../exchange.ts'
import type { Attempt, Caller, Deployment, Gateway, RequestOutcome, Route } from '../gateway.ts'
import type { Admission } from '../limits.ts'
import { type Bill, billAnswer } from '../metering/bill-answer.ts'
import { noReport } from '../metering/merge-reports.ts'
import { nothingWritten } from '../metering/written.ts'
import type { Lesson } from '../routing/health.ts'
import { ClientGone } from './client-gone.ts'
import type { Reserved } from './reserve-budget.ts'
import { VendorRefusal } from './vendor-refusal.ts'
import { waitAtMost } from './wait-at-most.ts'

/** How a request ended. */
interface Ending extends Bill {
  deployment: Deployment | null
  status: number
  errorCode: string | null
  firstTokenMs: number | null
  finishReason: string | null
}

/** What becomes known of a request, in the order in which it does. */
export interface RequestRecord {
  /** The turn ends when the record closes. */
  admitted(admission: Admission): void
  asked(request: ModelRequest): void
  routed(route: Route): void
  /** From here on the record closes as an entry of the ledger; again when more was reserved. */
  reserved(reserved: Reserved): void
  /** Closes with an answer that was metered. Only the first close counts, of either kind. */
  settle(ending: Ending, answerId?: string): Promise<void>
  /** Closes with why there was none, or none that could be metered. */
  fail(error: unknown): Promise<void>
}

/** Answers wait until they are booked, but not for a ledger that hangs: it goes on by itself. */
const longestWaitMs = 1000

/**
 * The row of one request, and the one place where a reservation is closed: settled when something was sent,
 * released when nothing was.
 */
export function openRecord(gateway: Gateway, exchange: Exchange, caller: Caller, dialect: DialectName): RequestRecord {
  const { ledger, clock, log } = gateway
  const { id: requestId, tries, startedAtMs } = exchange
  let admission: Admission | null = null
  let asked: ModelRequest | null = null
  let routed: Route | null = null
  let held: Reserved | null = null
  let closed: Promise<void> | null = null

  const leave = (tokens: number): void => {
    admission?.leave(tokens)
    exchange.pass?.used(tokens)
    exchange.pass = undefined
    admission = null
  }

  const closeOnce = (close: () => Promise<void>): Promise<void> => {
    closed ??= waitAtMost(
      close().catch((error: unknown) => {
        leave(0)
        log.error({ requestId, ...describeError(error) }, 'a request could not be closed')
      }),
      longestWaitMs,
    )
    return closed
  }

  const close = async (ending: Ending): Promise<void> => {
    exchange.closed?.(lessonOf(ending.errorCode))
    exchange.closed = undefined
    const outcome: RequestOutcome = {
      ...ending,
      requestId,
      createdAt: new Date(startedAtMs),
      caller,
      model: asked?.model ?? '',
      modelId: routed?.modelId ?? null,
      dialect,
      stream: asked?.stream ?? false,
      latencyMs: clock.now() - startedAtMs,
      attempts: tries.map(asAttempt),
    }
    leave((ending.usage.inputTokens ?? 0) + (ending.usage.outputTokens ?? 0))
    if (!held) return ledger.record(outcome)
    const wasSent = tries.some(({ fate }) => fate !== 'unsent')
    return wasSent ? ledger.settle(held.reservation, outcome) : ledger.release(held.reservation, outcome)
  }

  /** The vendor keeps it unless it was told not to; whoever asked may come back to it. */
  const keepAnswer = async (answerId: string, deployment: Deployment): Promise<void> => {
    if (!asked || asked.body.store === false || !deployment.speaks.includes(dialect)) return
    await gateway.answers.keep(caller, {
      id: answerId,
      model: tries.at(-1)?.model ?? asked.model,
      deploymentId: deployment.id,
    })
  }

  const billFailure = async (error: unknown): Promise<Bill> => {
    const lost = tries.filter(({ fate }) => fate === 'lost')
    const last = lost.at(-1)
    if (!asked || !held || !last) return { usage: unknownUsage, costNanos: 0n, estimated: false }
    // Unknown usage after dispatch keeps the estimate: it is never refunded.
    const keptNanos = lost.slice(0, -1).reduce((sum, { boundNanos }) => sum + boundNanos, 0n)
    // Whoever leaves a stream before its first word has stopped it there: that owes the input. A vendor that did not even
    // say that it stops may say anything later.
    if (error instanceof ClientGone && asked.stream && last.isEnded) {
      const { deployment, latencyMs: servingMs } = last
      const served = { request: asked, deployment, allowed: held.estimate, keptNanos, servingMs }
      return billAnswer(served, noReport, nothingWritten)
    }
    last.keptUsd = formatUsd(last.boundNanos)
    return { usage: unknownUsage, costNanos: keptNanos + last.boundNanos, estimated: true }
  }

  return {
    admitted(given) {
      admission = given
    },
    asked(request) {
      asked = request
    },
    routed(route) {
      routed = route
    },
    reserved(reserved) {
      held = reserved
    },
    settle: (ending, answerId) =>
      closeOnce(async () => {
        if (answerId && ending.deployment) await keepAnswer(answerId, ending.deployment)
        await close(ending)
      }),
    fail: (error) =>
      closeOnce(async () => {
        const bill = await billFailure(error)
        const deployment = tries.at(-1)?.deployment ?? null
        await close({ ...bill, ...seenAs(error), deployment, firstTokenMs: null, finishReason: null })
      }),
  }
}

/** As the caller saw it, or would have. */
function seenAs(error: unknown): Pick<RequestOutcome, 'status' | 'errorCode'> {
  if (error instanceof StipendError) return { status: error.status, errorCode: error.code }
  if (error instanceof VendorRefusal) return { status: error.status, errorCode: 'upstream_error' }
  if (error instanceof ClientGone) return { status: 499, errorCode: 'client_gone' }
  return { status: 500, errorCode: 'internal_error' }
}

/** What an answer that had begun says of the deployment. */
function lessonOf(errorCode: string | null): Lesson | null {
  if (errorCode === null) return null
  const fault = errorCode === 'client_gone' ? 'gone' : errorCode === 'upstream_timeout' ? 'slow' : 'lost'
  return { fault, retryAfterMs: null, status: null }
}

function asAttempt({ deployment: _deployment, boundNanos: _bound, isEnded: _isEnded, ...attempt }: Try): Attempt {
  return attempt
}
