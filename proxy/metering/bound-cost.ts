import type { Nanos } from '#lib/core/money.ts'
import { highestCostOf, type Price, priceOfUnit } from '#lib/core/price.ts'
import type { ModelRequest, PaidBy } from '../dialects/dialect.ts'
import type { Caller, Route } from '../gateway.ts'
import { boundImageTokens } from './bound-image-tokens.ts'

/** For models whose largest output nobody stated; sent upstream, so that it holds. */
const defaultOutputTokens = 4096

/** No vendor reads more at once. */
const largestContextTokens = 1_000_000

/** An answer of ordinary length: worth waiting for when others hold the money. */
export const ordinaryOutputTokens = 1024

/** A small answer that is still of use: a request that cannot pay for it is refused rather than cut. */
export const leastOutputTokens = 16

/** The most that a request can cost, and what that is made of. */
export interface Estimate {
  inputTokens: number
  /** For each choice. */
  outputTokens: number
  choices: number
  /** Who set `outputTokens`. A caller's own stands as it is; the vendor enforces the model's by itself. */
  capFrom: 'caller' | 'key' | 'model' | 'default'
  /** With that much output for each choice, at the dearest deployment; null when one has no price. */
  costWith(outputTokens: number): Nanos | null
  wantNanos: Nanos | null
  comfortNanos: Nanos | null
  floorNanos: Nanos | null
}

export function boundCost(textTokens: number, request: ModelRequest, caller: Caller, route: Route): Estimate {
  const { choices, input } = request
  const imageTokens = Math.max(...route.deployments.map(({ upstreamModel }) => boundImageTokens(upstreamModel)))
  const countable = Math.ceil(textTokens) + input.images * imageTokens
  const inputTokens = input.documents ? Math.max(countable, route.contextTokens ?? largestContextTokens) : countable
  const { outputTokens, capFrom } = outputCapOf(request, caller, route)

  const prices = route.deployments.flatMap(({ price }) => price ?? [])
  const isPriced = prices.length === route.deployments.length && prices.every((price) => pays(price, request.paidBy))
  const costWith = (output: number): Nanos | null =>
    isPriced ? largest(prices.map((price) => highestCostOf(inputTokens, choices * output, price, request.units))) : null

  const wantNanos = costWith(outputTokens)
  const atLeast = (output: number): Nanos | null =>
    capFrom === 'caller' ? wantNanos : costWith(Math.min(output, outputTokens))
  const comfortNanos = atLeast(ordinaryOutputTokens)
  const floorNanos = atLeast(leastOutputTokens)
  return { inputTokens, outputTokens, choices, capFrom, costWith, wantNanos, comfortNanos, floorNanos }
}

/** Whether a price covers what is paid by something else than tokens. One of 0 for tokens does not say that they do. */
function pays(price: Price, paidBy: PaidBy | undefined): boolean {
  if (!paidBy || priceOfUnit(paidBy.kind, price)) return true
  const isFree = price.inputPerMtok === 0n && price.outputPerMtok === 0n
  return paidBy.orTokens && !isFree
}

function outputCapOf(request: ModelRequest, caller: Caller, route: Route): Pick<Estimate, 'outputTokens' | 'capFrom'> {
  if (request.outputCap !== null) return { outputTokens: request.outputCap, capFrom: 'caller' }
  const ofKey = caller.maxOutputTokens ?? Number.POSITIVE_INFINITY
  const ofModel = route.maxOutputTokens ?? Number.POSITIVE_INFINITY
  if (ofKey < ofModel) return { outputTokens: ofKey, capFrom: 'key' }
  if (ofModel < Number.POSITIVE_INFINITY) return { outputTokens: ofModel, capFrom: 'model' }
  return { outputTokens: defaultOutputTokens, capFrom: 'default' }
}

function largest(amounts: Nanos[]): Nanos {
  let most = 0n
  for (const amount of amounts) if (amount > most) most = amount
  return most
}
