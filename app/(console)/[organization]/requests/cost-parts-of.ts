import type { CostPart } from '#components/requests/request-facts.ts'
import { formatUsd, type Nanos } from '#lib/core/money.ts'
import { type Price, ratesFor } from '#lib/core/price.ts'
import type { Usage } from '#lib/core/usage.ts'

const tokensPerMtok = 1_000_000n

/**
 * What each class of tokens adds to the cost; classes of which there are none are left out. The whole is rounded up
 * once, so the parts may be off it by a nano-dollar each.
 */
export function costPartsOf(usage: Usage, price: Omit<Price, 'id'>): CostPart[] {
  const input = usage.inputTokens ?? 0
  const output = usage.outputTokens ?? 0
  const cached = usage.cachedTokens ?? 0
  const written = usage.cacheWriteTokens ?? 0
  const reasoning = usage.reasoningTokens ?? 0
  const rates = ratesFor(input, price)
  const part = (name: CostPart['class'], tokens: number, rate: Nanos): CostPart[] =>
    tokens > 0
      ? [
          {
            class: name,
            tokens,
            rateUsd: formatUsd(rate),
            costUsd: formatUsd((BigInt(tokens) * rate) / tokensPerMtok),
          },
        ]
      : []
  const perRequest = formatUsd(price.perRequest)
  return [
    ...part('fresh', input - cached - written, rates.inputPerMtok),
    ...part('cacheRead', cached, rates.cacheReadPerMtok ?? rates.inputPerMtok),
    ...part('cacheWrite', written, rates.cacheWritePerMtok ?? rates.inputPerMtok),
    ...part('answer', output - reasoning, rates.outputPerMtok),
    ...part('reasoning', reasoning, rates.reasoningPerMtok ?? rates.outputPerMtok),
    ...(price.perRequest > 0n
      ? [{ class: 'request' as const, tokens: null, rateUsd: perRequest, costUsd: perRequest }]
      : []),
  ]
}
