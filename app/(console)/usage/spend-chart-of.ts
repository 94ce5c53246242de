import {
  type BucketInterval,
  otherSeriesId,
  type SpendBucket,
  type SpendSeries,
} from '#components/charts/spend-series.ts'
import { formatUsd, type Nanos } from '#lib/core/money.ts'
import type { UsageRow } from '#lib/usage/summarize-usage.ts'
import type { Dimension } from '#lib/usage/usage-dimensions.ts'
import { bucketOf } from './bucket-of.ts'
import type { UsageWindow } from './usage-window.ts'

interface SpendChartData {
  series: SpendSeries[]
  buckets: SpendBucket[]
  interval: BucketInterval
  total: string
}

interface SpendChartWords {
  other: string
  /** For what has no name any more. */
  removed: string
}

const ownSeries = 8

/** Folds rows by time and one dimension into a chart: the dearest eight by name, the rest as one, no gaps in time. */
export function spendChartOf(
  rows: UsageRow[],
  by: Dimension,
  window: UsageWindow,
  words: SpendChartWords,
): SpendChartData {
  const paid = rows.filter((row) => row.costNanos > 0n)
  const totals = new Map<string, { label: string; nanos: Nanos }>()
  for (const row of paid) {
    const { id, name } = row.groups[by] ?? { id: null, name: null }
    const total = totals.get(id ?? '') ?? { label: name ?? words.removed, nanos: 0n }
    totals.set(id ?? '', { ...total, nanos: total.nanos + row.costNanos })
  }
  const ranked = [...totals].sort(([, a], [, b]) => (b.nanos > a.nanos ? 1 : b.nanos < a.nanos ? -1 : 0))
  const shown = ranked.length > ownSeries + 1 ? ranked.slice(0, ownSeries) : ranked
  const rest = ranked.slice(shown.length).reduce((sum, [, { nanos }]) => sum + nanos, 0n)
  const shownIds = new Set(shown.map(([id]) => id))
  const sums = new Map(window.starts.map((start) => [start.getTime(), new Map<string, Nanos>()]))
  for (const row of paid) {
    const id = row.groups[by]?.id ?? ''
    const series = shownIds.has(id) ? id : otherSeriesId
    const bucket = sums.get(bucketOf(row.start, window))
    bucket?.set(series, (bucket.get(series) ?? 0n) + row.costNanos)
  }
  return {
    series: [
      ...shown.map(([id, { label, nanos }]) => ({ id, label, total: formatUsd(nanos) })),
      ...(rest > 0n ? [{ id: otherSeriesId, label: words.other, total: formatUsd(rest) }] : []),
    ],
    buckets: [...sums].map(([at, amounts]) => ({
      at: new Date(at).toISOString(),
      amounts: Object.fromEntries([...amounts].map(([id, nanos]) => [id, formatUsd(nanos)])),
    })),
    interval: window.interval,
    total: formatUsd(ranked.reduce((sum, [, { nanos }]) => sum + nanos, 0n)),
  }
}
