import type { PriceFacts, RateFacts } from '#components/prices/price-facts.ts'
import { formatUsd } from '#lib/core/money.ts'
import type { Price, Rates } from '#lib/core/price.ts'
import type { PriceView } from '#lib/prices/price-view.ts'

export function priceFactsOf(price: PriceView): PriceFacts {
  return {
    ...ratesAndTiersOf(price),
    id: price.id,
    source: price.source,
    effectiveFrom: price.effectiveFrom.toISOString(),
  }
}

export function ratesAndTiersOf(price: Omit<Price, 'id'>): Omit<PriceFacts, 'id' | 'source' | 'effectiveFrom'> {
  return {
    ...rateFactsOf(price),
    perRequestUsd: formatUsd(price.perRequest),
    units: (price.units ?? []).map(({ kind, priceNanos, per }) => ({ kind, usd: formatUsd(priceNanos), per })),
    tiers: price.tiers.map((tier) => ({ ...rateFactsOf(tier), aboveInputTokens: tier.aboveInputTokens })),
  }
}

function rateFactsOf(rates: Rates): RateFacts {
  const optional = (nanos: bigint | null) => (nanos === null ? null : formatUsd(nanos))
  return {
    inputUsd: formatUsd(rates.inputPerMtok),
    outputUsd: formatUsd(rates.outputPerMtok),
    cacheReadUsd: optional(rates.cacheReadPerMtok),
    cacheWriteUsd: optional(rates.cacheWritePerMtok),
    reasoningUsd: optional(rates.reasoningPerMtok),
  }
}
