import type { Nanos } from '#lib/core/money.ts'
import type { Estimate } from './bound-cost.ts'

/** The longest output, for each choice, that `amountNanos` pays for; at most what was estimated. */
export function affordableOutput(estimate: Estimate, amountNanos: Nanos): number {
  let fits = 0
  let exceeds = estimate.outputTokens + 1
  while (exceeds - fits > 1) {
    const middle = Math.floor((fits + exceeds) / 2)
    const cost = estimate.costWith(middle)
    if (cost !== null && cost <= amountNanos) fits = middle
    else exceeds = middle
  }
  return fits
}
