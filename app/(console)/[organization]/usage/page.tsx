import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SpendChart } from '#components/charts/spend-chart.tsx'
import { Figure } from '#components/figure.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Section } from '#components/ui/section.tsx'
import { StatRow, StatTile } from '#components/ui/stat-tile.tsx'
import { SavedViews } from '#components/usage/saved-views.tsx'
import { UsageBreakdown } from '#components/usage/usage-breakdown.tsx'
import { UsageControls } from '#components/usage/usage-controls.tsx'
import { readUsageQuery } from '#components/usage/usage-view.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { exploreUsage } from '#lib/usage/explore-usage.ts'
import { listViews } from '#lib/views/list-views.ts'
import { changeOf, explorationOf } from '../../usage/exploration-of.ts'
import { explorerWindow } from './explorer-window.ts'
import { removeViewAction } from './remove-view-action.ts'
import { saveViewAction } from './save-view-action.ts'
import { usageFilterOptionsOf } from './usage-filter-options-of.ts'
import { usageInputOf } from './usage-input-of.ts'

interface UsagePageProps {
  params: Promise<{ organization: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('usage'))('title') }
}

export default async function UsagePage({ params, searchParams }: UsagePageProps) {
  const [{ organization }, search, t] = await Promise.all([params, searchParams, getTranslations('usage')])
  const member = await currentMember(organization)
  const query = readUsageQuery(search)
  const window = explorerWindow(query, member.organization.timeZone)
  const [found, filters, views] = await Promise.all([
    exploreUsage(member, {
      ...usageInputOf(query),
      from: window.from,
      to: window.to,
      metric: query.metric,
      interval: window.interval,
      top: Number(query.top),
      previousMs: query.compare ? window.previousMs : null,
    }),
    usageFilterOptionsOf(member),
    listViews(member),
  ])
  const unit = query.metric === 'spend' ? 'usd' : 'count'
  const path = `/${organization}/usage`
  const asked = new URLSearchParams(
    Object.entries(search).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
  const shown = explorationOf(found, window, {
    unit,
    compare: query.compare,
    ownHrefs: ({ key }) => (key?.id && roleMay(member.role, 'keys.read') ? `/${organization}/keys/${key.id}` : null),
    words: {
      all: t('all'),
      other: t('other'),
      none: t('none'),
      outcome: (id) =>
        id === 'ok' || id === 'error' || id === 'refused' || id === 'aborted' ? t(`outcomes.${id}`) : id,
    },
  })
  const groupLabel = [query.group, query.split]
    .filter((name) => name !== 'none')
    .map((name) => t(`groups.${name}`))
    .join(' · ')
  const label = t('chartLabel', { metric: t(`metrics.${query.metric}`), group: groupLabel || t('all') })
  return (
    <div className="grid grid-cols-1 gap-8">
      <PageHeader
        title={t('title')}
        description={roleMay(member.role, 'usage.read') ? t('description') : t('descriptionOwn')}
        actions={
          // A file and no page: the browser fetches it itself.
          <a href={`${path}/export?${asked}`} download className={buttonStyle()}>
            <Download />
            {t('export')}
          </a>
        }
      />
      <div className="grid grid-cols-1 gap-3">
        <UsageControls query={query} filters={filters} />
        <SavedViews
          path={path}
          views={views}
          save={saveViewAction.bind(null, organization)}
          remove={removeViewAction.bind(null, organization)}
        />
      </div>
      <StatRow>
        <StatTile
          label={t(`metrics.${query.metric}`)}
          value={<Figure amount={shown.total} unit={unit} />}
          {...(query.compare && { delta: changeOf(found.total, found.previousTotal) })}
        />
        {query.compare ? (
          <StatTile label={t('breakdown.previous')} value={<Figure amount={shown.previousTotal} unit={unit} />} />
        ) : null}
      </StatRow>
      <SpendChart
        series={shown.series}
        buckets={shown.buckets}
        interval={window.interval}
        total={shown.total}
        unit={unit}
        label={label}
        heightPx={320}
      />
      {shown.rows.length > 0 ? (
        <Section title={t('breakdown.title')}>
          <UsageBreakdown
            label={label}
            groupLabel={groupLabel || t('all')}
            rows={shown.rows}
            unit={unit}
            compare={query.compare}
            total={shown.total}
            previousTotal={shown.previousTotal}
            change={changeOf(found.total, found.previousTotal)}
          />
        </Section>
      ) : null}
    </div>
  )
}
