import type { OverviewBar } from '#lib/usage/get-overview.ts'
import { bucketOf } from './bucket-of.ts'
import type { UsageWindow } from './usage-window.ts'

/** One figure over time, for a line without axes. */
export function trendOf(bars: OverviewBar[], window: UsageWindow, figureOf: (bar: OverviewBar) => number): number[] {
  const sums = new Map(window.starts.map((start) => [start.getTime(), 0]))
  for (const bar of bars) {
    const bucket = bucketOf(bar.start, window)
    sums.set(bucket, (sums.get(bucket) ?? 0) + figureOf(bar))
  }
  return [...sums.values()]
}
