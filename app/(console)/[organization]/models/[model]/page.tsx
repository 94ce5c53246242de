import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ModelHeadActions } from '#components/models/model-head-actions.tsx'
import { ModelPage } from '#components/models/model-page.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { TimeZoneNote } from '#components/ui/time-zone-note.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { localDateOf } from '#lib/core/local-date-of.ts'
import { getModel } from '#lib/models/get-model.ts'
import { listPrices } from '#lib/prices/list-prices.ts'
import { listProviders } from '#lib/providers/list-providers.ts'
import { orNotFound } from '../../../or-not-found.ts'
import { addDeploymentAction } from '../add-deployment-action.ts'
import { changeDeploymentAction } from '../change-deployment-action.ts'
import { changeModelAction } from '../change-model-action.ts'
import { modelFactsOf } from '../model-facts-of.ts'
import { priceVersionsOf } from '../price-versions-of.ts'
import { providerOptionsOf } from '../provider-options-of.ts'
import { removeDeploymentAction } from '../remove-deployment-action.ts'
import { removeModelAction } from '../remove-model-action.ts'
import { setPriceAction } from '../set-price-action.ts'

interface ModelRouteProps {
  params: Promise<{ organization: string; model: string }>
}

export async function generateMetadata({ params }: ModelRouteProps): Promise<Metadata> {
  const { organization, model: id } = await params
  const { name } = await orNotFound(getModel(await currentMember(organization), id))
  return { title: name }
}

export default async function ModelRoute({ params }: ModelRouteProps) {
  const { organization, model: id } = await params
  const member = await currentMember(organization)
  const t = await getTranslations('models')
  const view = await orNotFound(getModel(member, id))
  const [prices, providers] = await Promise.all([
    listPrices(member, { modelId: id }),
    roleMay(member.role, 'providers.read') ? listProviders(member) : [],
  ])
  const model = modelFactsOf(view, providers)
  const mayChange = roleMay(member.role, 'models.change')
  const limits = [
    { label: t('columns.context'), tokens: model.contextTokens },
    { label: t('columns.maxOutput'), tokens: model.maxOutputTokens },
  ].flatMap(({ label, tokens }) => (tokens === null ? [] : [`${label}: ${t('tokens', { count: tokens })}`]))
  return (
    <div className="grid grid-cols-1 gap-8">
      <PageTrail crumbs={[{ label: model.name }]} />
      <PageHeader
        title={model.name}
        badge={
          <>
            <CopyButton value={model.name} aria-label={t('detail.copyName')} className="-ml-2" />
            {model.isPriced ? null : <Badge tone="warning">{t('unpriced.badge')}</Badge>}
          </>
        }
        description={limits.join(' · ')}
        actions={
          mayChange ? (
            <ModelHeadActions
              model={model}
              actions={{
                change: changeModelAction.bind(null, organization, id),
                remove: removeModelAction.bind(null, organization, id),
              }}
            />
          ) : null
        }
      />
      <ModelPage
        model={model}
        versions={priceVersionsOf(prices, view)}
        providers={providerOptionsOf(providers)}
        providersHref={`/${organization}/providers`}
        reRateHref={roleMay(member.role, 'usage.read') ? `/${organization}/models/${id}/re-rate` : null}
        today={localDateOf(new Date(), member.organization.timeZone)}
        actions={
          mayChange
            ? {
                change: changeModelAction.bind(null, organization, id),
                remove: removeModelAction.bind(null, organization, id),
                setPrice: setPriceAction.bind(null, organization, id),
                addDeployment: addDeploymentAction.bind(null, organization, id),
                changeDeployment: changeDeploymentAction.bind(null, organization, id),
                removeDeployment: removeDeploymentAction.bind(null, organization, id),
              }
            : null
        }
      />
      <TimeZoneNote />
    </div>
  )
}
