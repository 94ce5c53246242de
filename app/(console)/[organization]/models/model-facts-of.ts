import type { ModelFacts } from '#components/models/model-facts.ts'
import type { ModelView } from '#lib/models/model-view.ts'
import type { ProviderView } from '#lib/providers/provider-view.ts'
import { findVendor } from '#lib/providers/vendors.ts'
import { priceFactsOf } from '../../price-facts-of.ts'

/** `providers` are those that the member may see. */
export function modelFactsOf(model: ModelView, providers: ProviderView[]): ModelFacts {
  return {
    id: model.id,
    name: model.name,
    deployments: model.deployments.map((deployment) => ({
      id: deployment.id,
      providerName: deployment.providerName,
      vendorLabel: findVendor(deployment.vendor)?.label ?? deployment.vendor,
      isDisabled: providers.find(({ id }) => id === deployment.providerId)?.disabledAt != null,
      upstreamModel: deployment.upstreamModel,
      priority: deployment.priority,
      weight: deployment.weight,
      price: deployment.price && priceFactsOf(deployment.price),
    })),
    isPriced: model.priced,
    maxOutputTokens: model.maxOutputTokens,
    contextTokens: model.contextTokens,
    fallbacks: model.fallbacks,
  }
}
