import { StipendError } from '#lib/core/errors.ts'
import { type Nanos, parseUsd } from '#lib/core/money.ts'
import type { ModelRequest } from '../dialects/dialect.ts'
import type { Exchange } from '../exchange.ts'
import type { Caller, Gateway, Reservation, Route } from '../gateway.ts'
import { affordableOutput } from '../metering/affordable-output.ts'
import { boundCost, type Estimate } from '../metering/bound-cost.ts'
import { estimateExactly } from '../metering/estimate-exactly.ts'

/** No text that means anything packs more into a token: what cannot pay for that is not worth counting. */
const mostBytesPerToken = 32

/** Money set aside, and the estimate that it is for. Nothing is sent upstream without it. */
export interface Reserved {
  reservation: Reservation
  estimate: Estimate
}

/** Reserves the free bound; when that does not fit, the exact one. Throws what the ledger throws. */
export async function reserveBudget(
  gateway: Gateway,
  exchange: Exchange,
  caller: Caller,
  request: ModelRequest,
  route: Route,
  free: Estimate,
): Promise<Reserved> {
  const reserve = async (estimate: Estimate): Promise<Reserved> => {
    const { wantNanos, comfortNanos, floorNanos } = estimate
    const { modelId } = route
    const { signal } = exchange.request
    const asked = { requestId: exchange.id, caller, modelId, wantNanos, comfortNanos, floorNanos, signal }
    const reservation = await gateway.ledger.reserve(asked)
    if (reservation.waitedMs) exchange.headers['x-stipend-budget-wait-ms'] = String(reservation.waitedMs)
    return { reservation, estimate }
  }
  try {
    return await reserve(free)
  } catch (refusal) {
    if (!isForMoney(refusal)) throw refusal
    const least = boundCost(request.input.textBytes / mostBytesPerToken, request, caller, route)
    if (!isWithin(least.floorNanos, availableOf(refusal))) throw sayWhatFits(refusal, free)
    const exact = await estimateExactly(request, caller, route)
    if (!exact || isWithin(free.floorNanos, exact.floorNanos)) throw sayWhatFits(refusal, free)
    return await reserve(exact).catch((again: unknown) => {
      throw isForMoney(again) ? sayWhatFits(again, exact) : again
    })
  }
}

function sayWhatFits(refusal: StipendError, estimate: Estimate): StipendError {
  const availableNanos = availableOf(refusal)
  const maxTokens = availableNanos === null ? 0 : affordableOutput(estimate, availableNanos)
  if (maxTokens === 0) return refusal
  const message = `${refusal.message} With max_tokens ${maxTokens} or less it would fit.`
  const facts = { ...refusal.facts, max_tokens_that_fit: maxTokens }
  return new StipendError('insufficient_quota', message, { facts, cause: refusal })
}

function isForMoney(error: unknown): error is StipendError {
  return error instanceof StipendError && error.code === 'insufficient_quota'
}

/** What the budget that refused can still pay; null when it did not say. */
function availableOf({ facts }: StipendError): Nanos | null {
  return typeof facts?.available_usd === 'string' ? parseUsd(facts.available_usd) : null
}

/** False only when both are known. */
function isWithin(amount: Nanos | null, limit: Nanos | null): boolean {
  return amount === null || limit === null || amount <= limit
}
