import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { messagesLayout } from '#app/messages-layout.tsx'
import { AlertList } from '#components/alerts/alert-list.tsx'
import { BarList } from '#components/charts/bar-list.tsx'
import { Heatmap } from '#components/charts/heatmap.tsx'
import { SpendChart } from '#components/charts/spend-chart.tsx'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { type FullBudget, FullestBudgets } from '#components/overview/fullest-budgets.tsx'
import { OverviewTiles, type UsageFigures } from '#components/overview/overview-tiles.tsx'
import { RecentErrors } from '#components/overview/recent-errors.tsx'
import { SetupChecklist } from '#components/overview/setup-checklist.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { DateRange } from '#components/ui/date-range.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { ParamSwitch } from '#components/ui/param-switch.tsx'
import { parseRange } from '#components/ui/ranges.ts'
import { Section } from '#components/ui/section.tsx'
import { listAlerts } from '#lib/alerts/list-alerts.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import type { Member } from '#lib/auth/member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { forecastBudgets } from '#lib/budgets/forecast-budgets.ts'
import { listFullestBudgets } from '#lib/budgets/list-fullest-budgets.ts'
import { formatUsd, toApproximateUsd } from '#lib/core/money.ts'
import { getSetupProgress } from '#lib/organizations/get-setup-progress.ts'
import { listRequests } from '#lib/requests/list-requests.ts'
import { getHeatmap } from '#lib/usage/get-heatmap.ts'
import { getOverview } from '#lib/usage/get-overview.ts'
import { listTopKeys } from '#lib/usage/list-top-keys.ts'
import type { UsageTotals } from '#lib/usage/usage-totals.ts'
import { fullBudgetOf } from '../full-budget-of.ts'
import { readSpendChart } from '../usage/read-spend-chart.ts'
import { trendOf } from '../usage/trend-of.ts'
import { usageWindow } from '../usage/usage-window.ts'
import { acknowledgeAlertAction } from './alerts/acknowledge-alert-action.ts'
import { alertFactsOf } from './alerts/alert-facts-of.ts'
import { setupHrefs } from './setup-hrefs.ts'

/** By itself, because a layout of the overview would be one of all sections below it. */
const AlertMessages = messagesLayout('alerts')

const groupings = ['model', 'key', 'member', 'project'] as const
const budgetCount = 4
const topKeyCount = 6
const errorCount = 6
const alertCount = 4

interface OverviewPageProps {
  params: Promise<{ organization: string }>
  searchParams: Promise<{ range?: string; by?: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('overview'))('title') }
}

export default async function OverviewPage({ params, searchParams }: OverviewPageProps) {
  const [{ organization }, search, t, tChart] = await Promise.all([
    params,
    searchParams,
    getTranslations('overview'),
    getTranslations('ui.chart'),
  ])
  const member = await currentMember(organization)
  // For those who may only see what is their own, the overview is the page of their own keys.
  if (!roleMay(member.role, 'usage.read')) redirect(`/me?organization=${organization}`)
  const by = groupings.find((grouping) => grouping === search.by) ?? 'model'
  const range = parseRange(search.range)
  const window = usageWindow(range, member.organization.timeZone)
  const span = { from: window.from, to: window.to }
  const [figures, chart, keys, errors, budgets, hours, progress, alerts, locale] = await Promise.all([
    getOverview(member, { ...span, interval: range === '24h' ? 'hour' : 'day' }),
    readSpendChart(member, window, by, { other: tChart('other'), removed: t('chart.removed') }),
    listTopKeys(member, { ...span, limit: topKeyCount }),
    listRequests(member, { from: window.from, status: 'error', limit: errorCount }),
    fullestBudgetsOf(member, organization),
    getHeatmap(member, span),
    getSetupProgress(member),
    listAlerts(member, { state: 'open', limit: alertCount }),
    getLocale(),
  ])
  const at = (path: string) => `/${organization}${path}`
  return (
    <div className="grid grid-cols-1 gap-12">
      <LiveRefresh organization={organization} />
      <PageHeader
        title={t('title')}
        description={t('description', { organization: member.organization.name })}
        actions={<DateRange />}
      />
      {Object.values(progress).every(Boolean) ? null : (
        <SetupChecklist done={progress} hrefs={await setupHrefs(member, progress)} />
      )}
      <OverviewTiles
        now={figuresOf(figures.current)}
        before={figuresOf(figures.previous)}
        spendTrend={trendOf(figures.bars, window, (bar) => toApproximateUsd(bar.costNanos))}
        requestTrend={trendOf(figures.bars, window, (bar) => bar.requests)}
      />
      {alerts.rows.length === 0 ? null : (
        <Section
          title={t('alerts.title')}
          actions={
            <ButtonLink href={at('/alerts')} variant="ghost" size="sm">
              {t('alerts.all')}
            </ButtonLink>
          }
        >
          <AlertMessages>
            <AlertList
              label={t('alerts.title')}
              detail="brief"
              alerts={alerts.rows.map((view) => alertFactsOf(view, member, locale))}
              acknowledge={
                roleMay(member.role, 'alerts.acknowledge') ? acknowledgeAlertAction.bind(null, organization) : null
              }
            />
          </AlertMessages>
        </Section>
      )}
      <Section title={t('chart.title')}>
        <SpendChart
          {...chart}
          label={t('chart.label', { group: t(`chart.${by}`) })}
          controls={
            <ParamSwitch
              param="by"
              label={t('chart.by')}
              fallback="model"
              options={groupings.map((value) => ({ value, label: t(`chart.${value}`) }))}
            />
          }
        />
      </Section>
      {budgets.length > 0 ? (
        <Section title={t('budgets.title')} description={t('budgets.description')}>
          <FullestBudgets label={t('budgets.title')} budgets={budgets} />
        </Section>
      ) : null}
      <div className="grid grid-cols-1 gap-x-12 gap-y-12 lg:grid-cols-2">
        <Section title={t('topKeys.title')}>
          <BarList
            label={t('topKeys.title')}
            empty={t('topKeys.empty')}
            items={keys.map(({ id, name, costNanos }) => ({
              id,
              label: name ?? t('chart.removed'),
              usd: formatUsd(costNanos),
              ...(name !== null && { href: at(`/keys/${id}`) }),
            }))}
          />
        </Section>
        <Section title={t('heatmap.title')} description={t('heatmap.description')}>
          <Heatmap
            label={t('heatmap.title')}
            cells={hours.map(({ costNanos, ...cell }) => ({ ...cell, usd: formatUsd(costNanos) }))}
          />
        </Section>
        <Section title={t('errors.title')} className="lg:col-span-2">
          <RecentErrors
            errors={errors.rows.map((request) => ({
              id: request.id,
              at: request.createdAt.toISOString(),
              keyName: request.keyName,
              model: request.model,
              status: request.status,
              code: request.errorCode,
              href: at(`/requests?status=error&range=${range}&request=${request.id}`),
            }))}
          />
        </Section>
      </div>
    </div>
  )
}

function figuresOf(totals: UsageTotals): UsageFigures {
  return { ...totals, spentUsd: formatUsd(totals.costNanos) }
}

async function fullestBudgetsOf(member: Member, slug: string): Promise<FullBudget[]> {
  const budgets = await listFullestBudgets(member, { limit: budgetCount })
  const forecast = await forecastBudgets(
    member,
    budgets.map(({ id }) => id),
  )
  return budgets.map((budget) => fullBudgetOf(budget, slug, forecast))
}
