import type { PriceVersion } from '#components/models/price-versions.tsx'
import type { ModelView } from '#lib/models/model-view.ts'
import type { PriceView } from '#lib/prices/price-view.ts'
import { priceFactsOf } from '../../price-facts-of.ts'

/** Every version, with whether it decides what anything costs now or later. */
export function priceVersionsOf(prices: PriceView[], model: ModelView): PriceVersion[] {
  const now = new Date()
  const inForce = new Set(model.deployments.map(({ price }) => price?.id))
  return prices.map((price) => ({
    ...priceFactsOf(price),
    deploymentId: price.deploymentId,
    state: inForce.has(price.id) ? 'inForce' : price.effectiveFrom > now ? 'upcoming' : 'past',
  }))
}
