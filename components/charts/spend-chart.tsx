'use client'

import { ChartColumnStacked, ChartLine, TableProperties } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import type { Unit } from '../figure.tsx'
import { cn } from '../ui/cn.ts'
import { onlyWhenAsked } from '../ui/late.ts'
import { RadioCards } from '../ui/radio-cards.tsx'
import { TimeZoneNote } from '../ui/time-zone-note.tsx'
import { useLate } from '../ui/use-late.ts'
import { useSearchParam } from '../ui/use-search-param.ts'
import { ChartSkeleton } from './chart-skeleton.tsx'
import { SpendChartEmpty } from './spend-chart-empty.tsx'
import { SpendChartLegend } from './spend-chart-legend.tsx'
import { SpendChartPlot } from './spend-chart-plot.tsx'
import { SpendChartTable } from './spend-chart-table.tsx'
import type { BucketInterval, SpendBucket, SpendSeries } from './spend-series.ts'

/** The library that draws lines weighs as much as the rest of the page: it comes when somebody wants to see them. */
const linesModule = onlyWhenAsked(() => import('./trend-lines.tsx'))

const views = ['chart', 'lines', 'table'] as const

export interface SpendChartProps {
  /** Largest total first, "other" last; the order gives the colours and the stacking. */
  series: readonly SpendSeries[]
  /** Oldest first, without gaps. */
  buckets: readonly SpendBucket[]
  interval: BucketInterval
  /** Of the whole period, from the server. */
  total: string
  /** What the amounts are. */
  unit?: Unit
  /** What the chart shows, for screen readers: "Spend by model, last 7 days". */
  label: string
  heightPx?: number
  /** On the line of the view switch: what it is grouped by. */
  controls?: ReactNode
}

/** Spend or counts over time, stacked or as lines; which view it shows lives in the URL. The table behind it has the same figures to the cent. */
export function SpendChart({
  series,
  buckets,
  interval,
  total,
  unit = 'usd',
  label,
  heightPx = 260,
  controls,
}: SpendChartProps) {
  const t = useTranslations('ui.chart')
  const [viewParam, setView] = useSearchParam('view')
  const view = views.find((one) => one === viewParam) ?? 'chart'
  const lines = useLate(linesModule, view === 'lines')
  const Plot = view !== 'lines' ? SpendChartPlot : lines ? lines.TrendLines : LinesAreComing
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) =>
    setHidden((now) => new Set(now.has(id) ? [...now].filter((entry) => entry !== id) : [...now, id]))
  return (
    <figure aria-label={label} className="grid min-w-0 grid-cols-1 content-start gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-wrap items-center gap-2">{controls}</div>
        <div
          className={cn(
            'flex items-center gap-3 max-sm:w-full max-sm:justify-between',
            series.length === 0 && 'invisible max-sm:hidden',
          )}
        >
          <TimeZoneNote />
          <RadioCards
            layout="segmented"
            aria-label={t('view')}
            value={view}
            onValueChange={(next) => setView(next === 'chart' ? null : next)}
            options={[
              { value: 'chart', label: <span className="sr-only">{t('show')}</span>, icon: <ChartColumnStacked /> },
              { value: 'lines', label: <span className="sr-only">{t('lines')}</span>, icon: <ChartLine /> },
              { value: 'table', label: <span className="sr-only">{t('table')}</span>, icon: <TableProperties /> },
            ]}
            className="[&_button]:gap-0 [&_button]:px-2"
          />
        </div>
      </div>
      {series.length === 0 ? (
        <SpendChartEmpty buckets={buckets} interval={interval} heightPx={heightPx} />
      ) : (
        <div className="relative">
          {/* Stays under the table, so that nothing moves when the view changes. */}
          <div className={cn('grid grid-cols-1 gap-3', view === 'table' && 'invisible')}>
            <div style={{ height: heightPx }} className="min-w-0">
              <Plot {...{ series, hidden, buckets, interval, unit, label }} />
            </div>
            <SpendChartLegend series={series} hidden={hidden} onToggle={toggle} total={total} unit={unit} />
          </div>
          {view === 'table' ? (
            <div className="absolute inset-0">
              <SpendChartTable {...{ label, series, buckets, interval, total, unit }} />
            </div>
          ) : null}
        </div>
      )}
    </figure>
  )
}

function LinesAreComing() {
  return <ChartSkeleton className="h-full!" />
}
