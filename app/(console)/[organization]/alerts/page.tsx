import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { alertKinds } from '#components/alerts/alert-facts.ts'
import { AlertFilters } from '#components/alerts/alert-filters.tsx'
import { AlertList } from '#components/alerts/alert-list.tsx'
import { Channels } from '#components/alerts/channels.tsx'
import { DeliveryLog } from '#components/alerts/delivery-log.tsx'
import { FullestBudgets } from '#components/overview/fullest-budgets.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PaginationCursor } from '#components/ui/pagination-cursor.tsx'
import { Section } from '#components/ui/section.tsx'
import { listAlerts } from '#lib/alerts/list-alerts.ts'
import { listDeliveries } from '#lib/alerts/list-deliveries.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { forecastBudgets } from '#lib/budgets/forecast-budgets.ts'
import { listBudgets } from '#lib/budgets/list-budgets.ts'
import { listChannels } from '#lib/channels/list-channels.ts'
import { canSendMail } from '#lib/mail/can-send-mail.ts'
import { fullBudgetOf } from '../../full-budget-of.ts'
import { acknowledgeAlertAction } from './acknowledge-alert-action.ts'
import { alertFactsOf } from './alert-facts-of.ts'
import { changeChannelAction } from './change-channel-action.ts'
import { createChannelAction } from './create-channel-action.ts'
import { removeChannelAction } from './remove-channel-action.ts'
import { resendDeliveryAction } from './resend-delivery-action.ts'
import { testChannelAction } from './test-channel-action.ts'

interface AlertsPageProps {
  params: Promise<{ organization: string }>
  searchParams: Promise<{ state?: string; kind?: string; cursor?: string }>
}

const pageSize = 25
const logSize = 50
const endingCount = 6

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('alerts')
  return { title: t('title') }
}

export default async function AlertsPage({ params, searchParams }: AlertsPageProps) {
  const [{ organization }, search, t, locale] = await Promise.all([
    params,
    searchParams,
    getTranslations('alerts'),
    getLocale(),
  ])
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'alerts.read')) return <NoPermission />
  const state = search.state === 'all' || search.state === 'acknowledged' ? search.state : 'open'
  const kind = alertKinds.find((known) => known === search.kind)
  const [alerts, channels, deliveries, budgets, forecast] = await Promise.all([
    listAlerts(member, {
      limit: pageSize,
      ...(state !== 'all' && { state }),
      ...(kind && { kind }),
      ...(search.cursor && { cursor: search.cursor }),
    }),
    listChannels(member),
    listDeliveries(member, { limit: logSize }),
    listBudgets(member),
    forecastBudgets(member),
  ])
  const endingAt = (id: string) => forecast.get(id)?.getTime() ?? Number.POSITIVE_INFINITY
  const ending = budgets
    .filter(({ id, availableNanos }) => availableNanos > 0n && forecast.has(id))
    .sort((a, b) => endingAt(a.id) - endingAt(b.id))
    .slice(0, endingCount)
  const mayAcknowledge = roleMay(member.role, 'alerts.acknowledge')
  const mayChange = roleMay(member.role, 'channels.change')
  const hrefAt = (cursor: string | null) => {
    const query = new URLSearchParams({ state, ...(kind && { kind }), ...(cursor && { cursor }) })
    return `/${organization}/alerts?${query}`
  }
  return (
    <div className="grid grid-cols-1 gap-12">
      <div className="grid grid-cols-1 gap-6">
        <PageHeader
          title={t('title')}
          description={t('description')}
          actions={
            <DeliveryLog
              deliveries={deliveries.rows.map((delivery) => ({
                id: delivery.id,
                alertKind: delivery.alertKind,
                target: delivery.channelName ?? delivery.recipient ?? '—',
                state: delivery.state,
                attempts: delivery.attempts,
                outcome: delivery.outcome,
                at: delivery.createdAt.toISOString(),
                nextAt: delivery.state === 'waiting' && delivery.attempts > 0 ? delivery.dueAt.toISOString() : null,
              }))}
              resend={mayChange ? resendDeliveryAction.bind(null, organization) : null}
            />
          }
        />
        <AlertFilters />
        {alerts.rows.length === 0 ? (
          <EmptyState
            size="compact"
            title={t(state === 'open' && !kind ? 'list.empty' : 'list.noMatch')}
            description={state === 'open' && !kind ? t('list.emptyHint') : null}
          />
        ) : (
          <AlertList
            label={t('title')}
            alerts={alerts.rows.map((view) => alertFactsOf(view, member, locale))}
            acknowledge={mayAcknowledge ? acknowledgeAlertAction.bind(null, organization) : null}
          />
        )}
        {alerts.nextCursor || search.cursor ? (
          <PaginationCursor
            nextHref={alerts.nextCursor ? hrefAt(alerts.nextCursor) : null}
            firstHref={search.cursor ? hrefAt(null) : null}
          />
        ) : null}
      </div>
      {ending.length === 0 ? null : (
        <Section title={t('forecast.title')} description={t('forecast.description')}>
          <FullestBudgets
            label={t('forecast.title')}
            budgets={ending.map((budget) => fullBudgetOf(budget, organization, forecast))}
          />
        </Section>
      )}
      <Channels
        channels={channels.map((channel) => ({
          id: channel.id,
          name: channel.name,
          kind: channel.kind,
          target: channel.kind === 'email' ? channel.recipients.join(', ') : channel.hint,
          alertKinds: channel.alertKinds,
          isPaused: channel.pausedAt !== null,
        }))}
        canSendMail={canSendMail()}
        actions={
          mayChange
            ? {
                create: createChannelAction.bind(null, organization),
                change: changeChannelAction.bind(null, organization),
                remove: removeChannelAction.bind(null, organization),
                test: testChannelAction.bind(null, organization),
              }
            : null
        }
      />
    </div>
  )
}
