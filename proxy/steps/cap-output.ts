import type { Units } from '#lib/core/units.ts'
import type { ModelRequest } from '../dialects/dialect.ts'
import type { Caller, Route } from '../gateway.ts'
import { affordableOutput } from '../metering/affordable-output.ts'
import { type Estimate, leastOutputTokens } from '../metering/bound-cost.ts'
import { estimateExactly } from '../metering/estimate-exactly.ts'
import type { Reserved } from './reserve-budget.ts'

/** What the reserved money pays for. */
export interface Allowance {
  inputTokens: number
  /** For all choices together. */
  outputTokens: number
  /** What else it may use; of kinds of tokens, whether there may be any. */
  units: Units
  /** What the vendor has to be told for that to hold; null: it holds as it is. */
  outputCap: number | null
}

/** When less was reserved than wanted, the answer is cut to what that pays for, and the vendor is told. */
export async function capOutput(
  { reservation, estimate }: Reserved,
  request: ModelRequest,
  caller: Caller,
  route: Route,
): Promise<Allowance> {
  const { wantNanos, capFrom } = estimate
  const { units = {} } = request
  if (wantNanos !== null && reservation.amountNanos < wantNanos) {
    // What the input surely costs is no longer to be guessed: every token of it that was not there is one of output.
    const exact = (await estimateExactly(request, caller, route)) ?? estimate
    return { ...allow(exact, affordableOutput(exact, reservation.amountNanos), route), units }
  }
  const { inputTokens, outputTokens, choices } = estimate
  const isToldAnyway = capFrom === 'caller' || capFrom === 'model'
  if (isToldAnyway) return { inputTokens, outputTokens: choices * outputTokens, units, outputCap: null }
  return { ...allow(estimate, outputTokens, route), units }
}

function allow(
  { inputTokens, choices }: Estimate,
  affordable: number,
  { contextTokens }: Route,
): Omit<Allowance, 'units'> {
  // Some vendors refuse a cap that does not fit into the context beside the input, of which a quarter is likely.
  const left = Math.max((contextTokens ?? Number.POSITIVE_INFINITY) - Math.ceil(inputTokens / 4), leastOutputTokens)
  const outputCap = Math.min(affordable, left)
  return { inputTokens, outputTokens: choices * outputCap, outputCap }
}
