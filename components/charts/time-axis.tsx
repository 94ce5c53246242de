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
  return (
    <div aria-hidden="true" className={cn('relative', className)}>
      {axisLabels(namedPlaces(buckets, interval, (bucket) => hourOf(format, bucket.at))).map((named) => (
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

/** Every bar, or of hours those that people count by. */
function namedPlaces<Bucket>(
  buckets: readonly Bucket[],
  interval: BucketInterval,
  hourOfBucket: (bucket: Bucket) => number,
): readonly number[] {
  const places = buckets.map((_, index) => index)
  if (interval !== 'hour') return places
  const stepHours = buckets.length <= 24 ? 3 : buckets.length <= 72 ? 6 : 24
  return places.filter((index) => hourOfBucket(buckets[index]!) % stepHours === 0)
}
