import type { CostPart } from '#components/requests/request-facts.ts'
import { formatUsd, type Nanos } from '#lib/core/money.ts'
import { hourCacheWriteRate, type Price, priceOfUnit, ratesFor } from '#lib/core/price.ts'
import { inputTokenKinds, outputTokenKinds, type UnitKind, unitKinds } from '#lib/core/units.ts'
import type { Usage } from '#lib/core/usage.ts'

const tokensPerMtok = 1_000_000

/**
 * What each class of tokens and each kind of unit adds to the cost; those of which there are none are left out. The
 * whole is rounded up once, so the parts may be off it by a nano-dollar each.
 */
export function costPartsOf(usage: Usage, price: Omit<Price, 'id'>): CostPart[] {
  const input = usage.inputTokens ?? 0
  const output = usage.outputTokens ?? 0
  const cached = usage.cachedTokens ?? 0
  const reasoning = usage.reasoningTokens ?? 0
  const units = usage.units ?? {}
  const kept = units.hour_cache_write_token ?? 0
  const written = (usage.cacheWriteTokens ?? 0) - kept
  const rates = ratesFor(input, price)
  const part = (name: CostPart['class'], count: number, rate: Nanos, per = tokensPerMtok): CostPart[] =>
    count > 0
      ? [
          {
            class: name,
            count,
            rateUsd: formatUsd(rate),
            per,
            costUsd: formatUsd((BigInt(count) * rate) / BigInt(per)),
          },
        ]
      : []
  // Tokens with a price of their own have none as what they are part of.
  const priced = (kinds: readonly UnitKind[]) =>
    kinds.reduce((sum, kind) => sum + (priceOfUnit(kind, price) ? (units[kind] ?? 0) : 0), 0)
  const perRequest = formatUsd(price.perRequest)
  return [
    ...part('fresh', input - cached - written - kept - priced(inputTokenKinds), rates.inputPerMtok),
    ...part('cacheRead', cached, rates.cacheReadPerMtok ?? rates.inputPerMtok),
    ...part('cacheWrite', written, rates.cacheWritePerMtok ?? rates.inputPerMtok),
    ...part('answer', output - reasoning - priced(outputTokenKinds), rates.outputPerMtok),
    ...part('reasoning', reasoning, rates.reasoningPerMtok ?? rates.outputPerMtok),
    ...unitKinds.flatMap((kind) => {
      const unit = priceOfUnit(kind, price)
      if (unit) return part(kind, units[kind] ?? 0, unit.priceNanos, unit.per)
      return kind === 'hour_cache_write_token' ? part(kind, kept, hourCacheWriteRate(rates)) : []
    }),
    ...(price.perRequest > 0n
      ? [{ class: 'request' as const, count: null, rateUsd: perRequest, per: 1, costUsd: perRequest }]
      : []),
  ]
}
