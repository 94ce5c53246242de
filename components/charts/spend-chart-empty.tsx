import { useTranslations } from 'next-intl'
import { EmptyState } from '../ui/empty-state.tsx'
import { percent } from './percent.ts'
import type { BucketInterval, SpendBucket } from './spend-series.ts'
import { TimeAxis } from './time-axis.tsx'

interface SpendChartEmptyProps {
  buckets: readonly SpendBucket[]
  interval: BucketInterval
  heightPx: number
}

/** The period in which nothing was spent, drawn as one in which something will be. */
export function SpendChartEmpty({ buckets, interval, heightPx }: SpendChartEmptyProps) {
  const t = useTranslations('ui.chart')
  return (
    <div className="@container" style={{ height: heightPx }}>
      <div className="grid h-full grid-rows-[minmax(0,1fr)_1.75rem] pt-2">
        <div className="relative grid place-items-center border-line-strong border-b">
          {[0.25, 0.5, 0.75, 1].map((part) => (
            <div
              key={part}
              aria-hidden="true"
              className="absolute inset-x-0 border-(--chart-grid) border-t"
              style={{ bottom: percent(part) }}
            />
          ))}
          <EmptyState
            size="compact"
            title={t('empty')}
            description={t('emptyDescription')}
            className="relative bg-background py-3"
          />
        </div>
        <TimeAxis buckets={buckets} interval={interval} />
      </div>
    </div>
  )
}
