import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { AlertList } from '#components/alerts/alert-list.tsx'
import { BarList } from '#components/charts/bar-list.tsx'
import { Heatmap } from '#components/charts/heatmap.tsx'
import { SpendChart } from '#components/charts/spend-chart.tsx'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { FullestBudgets } from '#components/overview/fullest-budgets.tsx'
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
import { roleMay } from '#lib/auth/permissions.ts'
import type { BudgetView } from '#lib/budgets/budget-view.ts'
import { forecastBudgets } from '#lib/budgets/forecast-budgets.ts'
import { listBudgets } from '#lib/budgets/list-budgets.ts'
import { formatUsd, toApproximateUsd } from '#lib/core/money.ts'
import { getSetupProgress } from '#lib/organizations/get-setup-progress.ts'
import { listRequests } from '#lib/requests/list-requests.ts'
import { getHeatmap } from '#lib/usage/get-heatmap.ts'
import { getOverview } from '#lib/usage/get-overview.ts'
import { summarizeUsage } from '#lib/usage/summarize-usage.ts'
import type { UsageTotals } from '#lib/usage/usage-totals.ts'
import { fullBudgetOf } from '../full-budget-of.ts'
import { spendChartOf } from '../usage/spend-chart-of.ts'
import { trendOf } from '../usage/trend-of.ts'
import { usageWindow } from '../usage/usage-window.ts'
import { acknowledgeAlertAction } from './alerts/acknowledge-alert-action.ts'
import { alertFactsOf } from './alerts/alert-facts-of.ts'
import { setupHrefs } from './setup-hrefs.ts'

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
  const [figures, usage, keys, errors, budgets, hours, progress, alerts, locale, forecast] = await Promise.all([
    getOverview(member, span),
    summarizeUsage(member, { ...span, groupBy: [by], interval: window.interval }),
    summarizeUsage(member, { ...span, groupBy: ['key'] }),
    listRequests(member, { from: window.from, status: 'error', limit: errorCount }),
    listBudgets(member),
    getHeatmap(member, span),
    getSetupProgress(member),
    listAlerts(member, { state: 'open', limit: alertCount }),
    getLocale(),
    forecastBudgets(member),
  ])
  const at = (path: string) => `/${organization}${path}`
  const chart = spendChartOf(usage.rows, by, window, { other: tChart('other'), removed: t('chart.removed') })
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
        spendTrend={trendOf(usage.rows, window, (row) => toApproximateUsd(row.costNanos))}
        requestTrend={trendOf(usage.rows, window, (row) => row.requests)}
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
          <AlertList
            label={t('alerts.title')}
            detail="brief"
            alerts={alerts.rows.map((view) => alertFactsOf(view, member, locale))}
            acknowledge={
              roleMay(member.role, 'alerts.acknowledge') ? acknowledgeAlertAction.bind(null, organization) : null
            }
          />
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
          <FullestBudgets
            label={t('budgets.title')}
            budgets={fullestOf(budgets).map((budget) => fullBudgetOf(budget, organization, forecast))}
          />
        </Section>
      ) : null}
      <div className="grid grid-cols-1 gap-x-12 gap-y-12 lg:grid-cols-2">
        <Section title={t('topKeys.title')}>
          <BarList
            label={t('topKeys.title')}
            empty={t('topKeys.empty')}
            items={keys.rows
              .filter((row) => row.costNanos > 0n)
              .slice(0, topKeyCount)
              .map(({ groups: { key }, costNanos }) => ({
                id: key?.id ?? '',
                label: key?.name ?? t('chart.removed'),
                usd: formatUsd(costNanos),
                ...(key?.id && { href: at(`/keys/${key.id}`) }),
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

/** Those of which the largest part is used or promised. */
function fullestOf(budgets: BudgetView[]): BudgetView[] {
  const usedOf = ({ spentNanos, reservedNanos, limitNanos }: BudgetView) =>
    limitNanos > 0n ? Number(((spentNanos + reservedNanos) * 10_000n) / limitNanos) : Number.POSITIVE_INFINITY
  return budgets.toSorted((a, b) => usedOf(b) - usedOf(a)).slice(0, budgetCount)
}
