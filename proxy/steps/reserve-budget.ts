import { StipendError } from '#lib/core/errors.ts'
import { type Nanos, parseUsd } from '#lib/core/money.ts'
import type { ModelRequest } from '../dialects/dialect.ts'
import type { Exchange } from '../exchange.ts'
import type { Caller, Gateway, Reservation, Route } from '../gateway.ts'
import { boundCost, type Estimate, leastOutputTokens } from '../metering/bound-cost.ts'
import { estimateExactly } from './estimate-exactly.ts'

/** No text that means anything packs more into a token: what cannot pay for that is not worth counting. */
const mostBytesPerToken = 32

/** Money set aside, and what it pays for. Nothing is sent upstream without one. */
export interface Grant {
  reservation: Reservation
  inputTokens: number
  /** For all choices together. */
  outputTokens: number
  /** What the vendor has to be told for that to hold; null: it holds as it is. */
  outputCap: number | null
}

/** Reserves the free bound; when that does not fit, the exact one. Throws what the ledger throws. */
export async function reserveBudget(
  gateway: Gateway,
  exchange: Exchange,
  caller: Caller,
  request: ModelRequest,
  route: Route,
  estimate: Estimate,
): Promise<Grant> {
  const reserve = async (bound: Estimate): Promise<Grant> => {
    const { wantNanos, comfortNanos, floorNanos } = bound
    const { modelId } = route
    const { signal } = exchange.request
    const requestId = exchange.id
    const asked = { requestId, caller, modelId, wantNanos, comfortNanos, floorNanos, signal }
    return grant(await gateway.ledger.reserve(asked), bound, route)
  }
  try {
    return await reserve(estimate)
  } catch (refusal) {
    if (!isForMoney(refusal)) throw refusal
    const least = boundCost(request.input.textBytes / mostBytesPerToken, request, caller, route)
    if (!isWithin(least.floorNanos, availableOf(refusal))) throw sayWhatFits(refusal, estimate)
    const exact = await estimateExactly(request, caller, route)
    if (!exact || isWithin(estimate.floorNanos, exact.floorNanos)) throw sayWhatFits(refusal, estimate)
    return await reserve(exact).catch((again: unknown) => {
      throw isForMoney(again) ? sayWhatFits(again, exact) : again
    })
  }
}

function grant(reservation: Reservation, bound: Estimate, route: Route): Grant {
  const { inputTokens, choices, capFrom, wantNanos } = bound
  const isClamped = wantNanos !== null && reservation.amountNanos < wantNanos
  const outputTokens = isClamped ? affordableOutput(bound, reservation.amountNanos) : bound.outputTokens
  const isToldAnyway = capFrom === 'caller' || capFrom === 'model'
  const outputCap = isToldAnyway && !isClamped ? null : withinContext(outputTokens, bound, route)
  return { reservation, inputTokens, outputTokens: choices * outputTokens, outputCap }
}

/** The longest output that `amountNanos` pays for. */
function affordableOutput(bound: Estimate, amountNanos: Nanos): number {
  let fits = 0
  let exceeds = bound.outputTokens + 1
  while (exceeds - fits > 1) {
    const middle = Math.floor((fits + exceeds) / 2)
    const cost = bound.costWith(middle)
    if (cost !== null && cost <= amountNanos) fits = middle
    else exceeds = middle
  }
  return fits
}

/** Some vendors refuse a cap that does not fit into the context beside the input, of which a quarter is likely. */
function withinContext(outputTokens: number, bound: Estimate, route: Route): number {
  if (route.contextTokens === null) return outputTokens
  const left = route.contextTokens - Math.ceil(bound.inputTokens / 4)
  return Math.min(outputTokens, Math.max(left, leastOutputTokens))
}

function sayWhatFits(refusal: StipendError, bound: Estimate): StipendError {
  const availableNanos = availableOf(refusal)
  if (availableNanos === null || bound.wantNanos === null) return refusal
  const maxTokens = affordableOutput(bound, availableNanos)
  if (maxTokens === 0) return refusal
  return new StipendError(
    'insufficient_quota',
    `${refusal.message} With max_tokens ${maxTokens} or less it would fit.`,
    {
      facts: { ...refusal.facts, max_tokens_that_fit: maxTokens },
      cause: refusal,
    },
  )
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
