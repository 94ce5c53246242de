import { otherSeriesId, type SpendBucket, type SpendSeries } from '#components/charts/spend-series.ts'
import type { Unit } from '#components/figure.tsx'
import type { UsageBreakdownRow } from '#components/usage/usage-breakdown.tsx'
import { formatUsd } from '#lib/core/money.ts'
import type { UsageExploration, UsageSeries } from '#lib/usage/explore-usage.ts'
import { bucketOf } from './bucket-of.ts'
import type { UsageWindow } from './usage-window.ts'

interface ExplorationWords {
  all: string
  other: string
  /** For what belongs to nothing of this kind, or to what has no name any more. */
  none: string
  outcome: (id: string) => string
}

interface Exploration {
  series: SpendSeries[]
  buckets: SpendBucket[]
  rows: UsageBreakdownRow[]
  total: string
  previousTotal: string
}

/** What the database found as the chart and its table show it. Nothing is summed here but hours into their bar. */
export function explorationOf(
  found: UsageExploration,
  window: UsageWindow,
  {
    unit,
    compare,
    ownHrefs,
    words,
  }: {
    unit: Unit
    compare: boolean
    ownHrefs: (groups: NonNullable<UsageSeries['groups']>) => string | null
    words: ExplorationWords
  },
): Exploration {
  const amount = (value: bigint) => (unit === 'usd' ? formatUsd(value) : value.toString())
  const bars = window.starts.map(() => new Map<string, bigint>())
  const previous = window.starts.map(() => 0n)
  const placeOf = new Map(window.starts.map((start, place) => [start.getTime(), place]))
  const barOf = (atMs: number) => placeOf.get(bucketOf(new Date(atMs), window))!
  const named = found.series.map((series) => ({
    ...series,
    id: series.groups
      ? Object.values(series.groups)
          .map(({ id }) => id ?? '-')
          .join('/') || 'all'
      : otherSeriesId,
    label: labelOf(series, words),
  }))
  for (const { id, values } of named) {
    for (const [atMs, value] of values) {
      const bar = bars[barOf(atMs)]!
      bar.set(id, (bar.get(id) ?? 0n) + value)
    }
  }
  for (const [atMs, value] of found.previousValues) previous[barOf(atMs)]! += value
  return {
    series: named
      .filter(({ total }) => total > 0n)
      .map(({ id, label, total }) => ({ id, label, total: amount(total) })),
    buckets: window.starts.map((start, place) => ({
      at: start.toISOString(),
      amounts: Object.fromEntries([...bars[place]!].map(([id, value]) => [id, amount(value)])),
      ...(compare && { previous: amount(previous[place]!) }),
    })),
    rows: named.map(({ id, label, total, previousTotal, groups }) => ({
      id,
      label,
      href: groups && ownHrefs(groups),
      total: amount(total),
      share: found.total > 0n ? Number((total * 10_000n) / found.total) / 10_000 : 0,
      previous: amount(previousTotal),
      change: changeOf(total, previousTotal),
    })),
    total: amount(found.total),
    previousTotal: amount(found.previousTotal),
  }
}

/** As a ratio: 0.12 is +12 %. Null: nothing then to compare with. */
export function changeOf(now: bigint, before: bigint): number | null {
  return before > 0n ? Number(((now - before) * 10_000n) / before) / 10_000 : null
}

function labelOf({ groups }: UsageSeries, words: ExplorationWords): string {
  if (!groups) return words.other
  const parts = Object.entries(groups).map(([dimension, { id, name }]) =>
    dimension === 'outcome' ? words.outcome(id ?? '') : (name ?? words.none),
  )
  return parts.join(' · ') || words.all
}
