'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { Figure, type Unit } from '../figure.tsx'
import { bucketLabel } from './bucket-label.ts'
import { seriesColor } from './series-color.ts'
import type { BucketInterval, SpendBucket, SpendSeries } from './spend-series.ts'
import { sumAmounts } from './sum-amounts.ts'

interface SpendChartTooltipProps {
  bucket: SpendBucket | undefined
  series: readonly SpendSeries[]
  hidden: ReadonlySet<string>
  interval: BucketInterval
  unit: Unit
}

const shownCount = 8

/** One bar in figures, the largest part first. */
export function SpendChartTooltip({ bucket, series, hidden, interval, unit }: SpendChartTooltipProps) {
  const t = useTranslations('ui.chart')
  const format = useFormatter()
  if (!bucket) return null
  const parts = series
    .map((entry, index) => ({ ...entry, amount: bucket.amounts[entry.id] ?? '0', color: seriesColor(series, index) }))
    .filter((part) => !hidden.has(part.id) && Number(part.amount) > 0)
    .sort((a, b) => Number(b.amount) - Number(a.amount))
  const rest = parts.length - shownCount
  return (
    <div className="grid min-w-44 max-w-72 gap-2 rounded-lg border bg-surface px-3 py-2.5 text-xs shadow-popover">
      <div className="flex justify-between gap-4 font-medium">
        <span>{bucketLabel(format, bucket.at, interval, 'full')}</span>
        <Figure
          amount={sumAmounts(
            parts.map((part) => part.amount),
            unit,
          )}
          unit={unit}
        />
      </div>
      {parts.length > 0 ? (
        <ul className="grid gap-1">
          {parts.slice(0, shownCount).map((part) => (
            <li key={part.id} className="flex items-center gap-2">
              <span aria-hidden="true" className="size-2 shrink-0 rounded-xs" style={{ background: part.color }} />
              <span className="min-w-0 flex-1 truncate text-muted">{part.label}</span>
              <Figure amount={part.amount} unit={unit} />
            </li>
          ))}
          {rest > 0 ? <li className="text-faint">{t('more', { count: rest })}</li> : null}
        </ul>
      ) : null}
      {bucket.previous === undefined ? null : (
        <div className="flex justify-between gap-4 border-t pt-2 text-muted">
          <span>{t('previous')}</span>
          <Figure amount={bucket.previous} unit={unit} />
        </div>
      )}
    </div>
  )
}
