import type { UsageRow } from '#lib/usage/summarize-usage.ts'
import { bucketOf } from './bucket-of.ts'
import type { UsageWindow } from './usage-window.ts'

/** One figure over time, for a line without axes. */
export function trendOf(rows: UsageRow[], window: UsageWindow, figureOf: (row: UsageRow) => number): number[] {
  const sums = new Map(window.starts.map((start) => [start.getTime(), 0]))
  for (const row of rows) {
    const bucket = bucketOf(row.start, window)
    sums.set(bucket, (sums.get(bucket) ?? 0) + figureOf(row))
  }
  return [...sums.values()]
}
