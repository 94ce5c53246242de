import type { HealthFacts, RoutedDeployment, RouteFacts } from '#components/routing/routing-facts.ts'
import type { ModelView } from '#lib/models/model-view.ts'
import type { ProviderView } from '#lib/providers/provider-view.ts'
import type { HealthView } from '#lib/routing/list-health.ts'

/** The route of a model with how each part of it fares; what is wrong with the account comes before the rest. */
export function routeFactsOf(
  model: ModelView,
  providers: Map<string, ProviderView>,
  health: Map<string, HealthView>,
  href: string,
): RouteFacts {
  const tiers = new Map<number, RoutedDeployment[]>()
  for (const { id, providerId, providerName, upstreamModel, priority, weight } of model.deployments) {
    const provider = providers.get(providerId)
    const effective = priority + (provider?.priority ?? 0)
    const deployment = {
      id,
      providerId,
      providerName,
      upstreamModel,
      weight: weight * (provider?.weight ?? 1),
      health: healthOf(provider, health.get(providerId), health.get(id)),
    }
    tiers.set(effective, [...(tiers.get(effective) ?? []), deployment])
  }
  const { id, name, fallbacks, contextFallbacks, contentFallbacks } = model
  const { connectTimeoutMs, firstTokenTimeoutMs, idleTimeoutMs, totalTimeoutMs, maxAttempts, isContinued } = model
  return {
    id,
    name,
    href,
    tiers: [...tiers].sort(([a], [b]) => a - b).map(([, tier]) => tier),
    fallbacks: { fallbacks, contextFallbacks, contentFallbacks },
    patience: { connectTimeoutMs, firstTokenTimeoutMs, idleTimeoutMs, totalTimeoutMs, maxAttempts, isContinued },
  }
}

function healthOf(
  provider: ProviderView | undefined,
  credential: HealthView | undefined,
  deployment: HealthView | undefined,
): HealthFacts {
  const isRefused = credential && credential.state !== 'ok'
  const telling = isRefused ? credential : deployment
  return {
    state: provider?.disabledAt ? 'disabled' : (telling?.state ?? 'ok'),
    reason: telling?.reason ?? null,
    until: telling?.until?.toISOString() ?? null,
    firstTokenMs: deployment?.firstTokenMs ?? null,
    errorRate: deployment?.errorRate ?? null,
    inFlight: deployment?.inFlight ?? null,
  }
}
