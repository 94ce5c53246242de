import { Route as RouteIcon } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { RouteCard } from '#components/routing/route-card.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { listModels } from '#lib/models/list-models.ts'
import { listProviders } from '#lib/providers/list-providers.ts'
import { listHealth } from '#lib/routing/list-health.ts'
import { changePatienceAction } from './change-patience-action.ts'
import { orderRouteAction } from './order-route-action.ts'
import { putBackAction } from './put-back-action.ts'
import { routeFactsOf } from './route-facts-of.ts'
import { setFallbacksAction } from './set-fallbacks-action.ts'
import { testProviderAction } from './test-provider-action.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('routing')
  return { title: t('title') }
}

export default async function RoutingPage({ params }: { params: Promise<{ organization: string }> }) {
  const { organization } = await params
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'providers.read')) return <NoPermission />
  const t = await getTranslations('routing')
  const [models, providers, health] = await Promise.all([listModels(member), listProviders(member), listHealth(member)])
  const providersById = new Map(providers.map((provider) => [provider.id, provider]))
  const healthById = new Map(health.map((one) => [one.id, one]))
  const mayChange = roleMay(member.role, 'models.change') && roleMay(member.role, 'providers.change')
  const actions = mayChange
    ? {
        order: orderRouteAction.bind(null, organization),
        setFallbacks: setFallbacksAction.bind(null, organization),
        changePatience: changePatienceAction.bind(null, organization),
        putBack: putBackAction.bind(null, organization),
        test: testProviderAction.bind(null, organization),
      }
    : null
  return (
    <div className="grid grid-cols-1 gap-10">
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={<LiveRefresh organization={organization} about="health" />}
      />
      {models.length === 0 ? (
        <EmptyState
          icon={<RouteIcon />}
          title={t('empty.title')}
          description={t('empty.description')}
          action={
            mayChange ? (
              <ButtonLink variant="primary" href={`/${organization}/models/new`}>
                {t('empty.action')}
              </ButtonLink>
            ) : null
          }
        />
      ) : (
        models.map((model) => (
          <RouteCard
            key={model.id}
            route={routeFactsOf(model, providersById, healthById, `/${organization}/models/${model.id}`)}
            models={models.map(({ name }) => name)}
            actions={actions}
          />
        ))
      )}
    </div>
  )
}
