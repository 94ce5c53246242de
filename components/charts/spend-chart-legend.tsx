'use client'

import { useTranslations } from 'next-intl'
import { Figure, type Unit } from '../figure.tsx'
import { cn } from '../ui/cn.ts'
import { seriesColor } from './series-color.ts'
import type { SpendSeries } from './spend-series.ts'

interface SpendChartLegendProps {
  series: readonly SpendSeries[]
  hidden: ReadonlySet<string>
  onToggle: (id: string) => void
  total: string
  unit: Unit
}

/** Names, colours and totals; a press hides or shows. */
export function SpendChartLegend({ series, hidden, onToggle, total, unit }: SpendChartLegendProps) {
  const t = useTranslations('ui.chart')
  return (
    <div className="flex flex-wrap gap-x-1 gap-y-0.5 pl-10 text-xs max-sm:-mx-2 max-sm:pl-0">
      <span className="flex h-7 items-center gap-1.5 px-2 text-muted">
        {t('total')}
        <Figure amount={total} unit={unit} className="font-semibold text-foreground" />
      </span>
      {series.map((entry, index) => {
        const off = hidden.has(entry.id)
        return (
          <button
            key={entry.id}
            type="button"
            aria-pressed={!off}
            title={t(off ? 'showSeries' : 'hideSeries', { label: entry.label })}
            onClick={() => onToggle(entry.id)}
            className={cn(
              'flex h-7 max-w-full items-center gap-1.5 rounded-md px-2 transition-colors hover:bg-hover',
              off && 'text-faint line-through decoration-from-font',
            )}
          >
            <span
              aria-hidden="true"
              className={cn('size-2.5 shrink-0 rounded-xs', off && 'opacity-30')}
              style={{ background: seriesColor(series, index) }}
            />
            <span className="truncate text-muted">{entry.label}</span>
            <Figure amount={entry.total} unit={unit} className="font-medium" />
          </button>
        )
      })}
    </div>
  )
}
