import type { RequestFacts } from '#components/requests/request-facts.ts'
import { formatUsd } from '#lib/core/money.ts'
import type { PriceView } from '#lib/prices/price-view.ts'
import type { RequestView } from '#lib/requests/request-view.ts'
import { priceFactsOf } from '../../price-facts-of.ts'
import { costPartsOf } from './cost-parts-of.ts'

export function requestFactsOf(request: RequestView, prices: PriceView[]): RequestFacts {
  const price = prices.find(({ id }) => id === request.priceId) ?? null
  // Pictures, sound and searches are paid by units, and may come without any tokens.
  const isUsageKnown = request.units !== null || (request.inputTokens !== null && request.outputTokens !== null)
  return {
    id: request.id,
    at: request.createdAt.toISOString(),
    key: { id: request.keyId, name: request.keyName },
    project: { id: request.projectId, name: request.projectName },
    memberName: request.memberName,
    model: request.model,
    providerName: request.providerName,
    dialect: request.dialect,
    stream: request.stream,
    status: request.status,
    errorCode: request.errorCode,
    inputTokens: request.inputTokens,
    cachedTokens: request.cachedTokens,
    cacheWriteTokens: request.cacheWriteTokens,
    outputTokens: request.outputTokens,
    reasoningTokens: request.reasoningTokens,
    costUsd: formatUsd(request.costNanos),
    reservedUsd: formatUsd(request.reservedNanos),
    overrunUsd: formatUsd(request.overrunNanos),
    estimated: request.estimated,
    latencyMs: request.latencyMs,
    firstTokenMs: request.firstTokenMs,
    finishReason: request.finishReason,
    attempts: request.attempts.map(({ provider, status, error, latencyMs, startedMs, model, keptUsd }) => ({
      provider,
      status,
      error,
      latencyMs,
      startedMs: startedMs ?? null,
      takeOver: model !== undefined && model !== request.model ? model : null,
      keptUsd: keptUsd ?? null,
    })),
    price: price && priceFactsOf(price),
    parts: price && isUsageKnown ? costPartsOf(request, price) : null,
    tierAbove:
      price?.tiers.findLast((tier) => (request.inputTokens ?? 0) > tier.aboveInputTokens)?.aboveInputTokens ?? null,
  }
}
