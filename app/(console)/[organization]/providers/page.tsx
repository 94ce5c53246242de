import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import type { ProviderFacts, VendorFacts } from '#components/providers/provider-facts.ts'
import { ProvidersView } from '#components/providers/providers-view.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { listModels } from '#lib/models/list-models.ts'
import type { ModelView } from '#lib/models/model-view.ts'
import { listProviders } from '#lib/providers/list-providers.ts'
import type { ProviderView } from '#lib/providers/provider-view.ts'
import { findVendor, isCallable, type Vendor, vendors } from '#lib/providers/vendors.ts'
import { type HealthView, listHealth } from '#lib/routing/list-health.ts'
import { changeProviderAction } from './change-provider-action.ts'
import { createProviderAction } from './create-provider-action.ts'
import { removeProviderAction } from './remove-provider-action.ts'
import { testConnectionAction } from './test-connection-action.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('providers')
  return { title: t('title') }
}

export default async function ProvidersPage({ params }: { params: Promise<{ organization: string }> }) {
  const { organization } = await params
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'providers.read')) return <NoPermission />
  const [providers, models, health] = await Promise.all([listProviders(member), listModels(member), listHealth(member)])
  const healthById = new Map(health.map((one) => [one.id, one]))
  return (
    <>
      <LiveRefresh organization={organization} about="health" />
      <ProvidersView
        providers={providers.map((provider) => factsOf(provider, models, healthById.get(provider.id)))}
        vendors={vendors.filter(isCallable).map(vendorFactsOf)}
        newModelHref={`/${organization}/models/new`}
        mayChange={roleMay(member.role, 'providers.change')}
        actions={{
          create: createProviderAction.bind(null, organization),
          change: changeProviderAction.bind(null, organization),
          test: testConnectionAction.bind(null, organization),
          remove: removeProviderAction.bind(null, organization),
        }}
      />
    </>
  )
}

function vendorFactsOf(vendor: Pick<Vendor, 'id' | 'label' | 'baseUrl' | 'wire'> & Partial<Vendor>): VendorFacts {
  const { id, label, baseUrl, wire, place = null, parameters = [], credential = null } = vendor
  return { id, label, baseUrl, wire, place, parameters, credential }
}

function factsOf(provider: ProviderView, models: ModelView[], health: HealthView | undefined): ProviderFacts {
  const served = models.filter((model) => model.deployments.some(({ providerId }) => providerId === provider.id))
  const onlyHere = served.filter((model) => model.deployments.every(({ providerId }) => providerId === provider.id))
  return {
    id: provider.id,
    name: provider.name,
    vendor: vendorFactsOf(
      findVendor(provider.vendor) ?? { id: provider.vendor, label: provider.vendor, baseUrl: null, wire: 'openai' },
    ),
    baseUrl: provider.baseUrl,
    credentialHint: provider.credentialHint,
    priority: provider.priority,
    weight: provider.weight,
    requestsPerMinute: provider.requestsPerMinute,
    tokensPerMinute: provider.tokensPerMinute,
    models: served.map((model) => model.name),
    onlyHere: onlyHere.map((model) => model.name),
    health: {
      state: health?.state ?? 'ok',
      reason: health?.reason ?? null,
      until: health?.until?.toISOString() ?? null,
    },
    disabledAt: provider.disabledAt?.toISOString() ?? null,
  }
}
