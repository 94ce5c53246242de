import { useFormatter } from 'next-intl'
import { cn } from '../ui/cn.ts'
import { axisLabels } from './axis-labels.ts'
import { bucketLabel, hourOf } from './bucket-label.ts'
import { percent } from './percent.ts'
import type { BucketInterval, SpendBucket } from './spend-series.ts'

interface TimeAxisProps {
  buckets: readonly Pick<SpendBucket, 'at'>[]
  interval: BucketInterval
  className?: string
}

/** The times below a plot, as many as have room: it asks the container that is around both. */
export function TimeAxis({ buckets, interval, className }: TimeAxisProps) {
  const format = useFormatter()
  const places = buckets.flatMap(({ at }, index) =>
    interval === 'hour' && hourOf(format, at) % stepHours(buckets.length) !== 0 ? [] : [index],
  )
  return (
    <div aria-hidden="true" className={cn('relative text-[0.6875rem] text-faint tabular-nums leading-none', className)}>
      {axisLabels(places).map((named) => (
        <span
          key={named.index}
          className={cn(
            'absolute top-2 -translate-x-1/2 whitespace-nowrap',
            !named.narrow && '@max-lg:hidden',
            !named.middle && '@max-4xl:@min-lg:hidden',
            !named.wide && '@min-4xl:hidden',
          )}
          style={{ left: percent((named.index + 0.5) / buckets.length) }}
        >
          {bucketLabel(format, buckets[named.index]?.at ?? '', interval, 'axis')}
        </span>
      ))}
    </div>
  )
}

/** Of so many hours, every which is one that people count by. */
function stepHours(count: number): number {
  if (count <= 24) return 3
  return count <= 72 ? 6 : 24
}
