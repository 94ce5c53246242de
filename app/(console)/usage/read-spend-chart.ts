import type { BucketInterval, SpendBucket, SpendSeries } from '#components/charts/spend-series.ts'
import type { Member } from '#lib/auth/member.ts'
import { type ExploreUsageInput, exploreUsage } from '#lib/usage/explore-usage.ts'
import type { Dimension } from '#lib/usage/usage-dimensions.ts'
import { explorationOf } from './exploration-of.ts'
import type { UsageWindow } from './usage-window.ts'

type Whose = Pick<ExploreUsageInput, 'keyId' | 'projectId' | 'membershipId'>

interface SpendChartWords {
  other: string
  /** For what has no name any more. */
  removed: string
}

interface SpendChartData {
  series: SpendSeries[]
  buckets: SpendBucket[]
  interval: BucketInterval
  total: string
}

const ownSeries = 8

/** What was spent in a window as a chart by one dimension: the dearest eight by name, the rest as one, no gaps in time. */
export async function readSpendChart(
  member: Member,
  window: UsageWindow,
  by: Dimension,
  { other, removed }: SpendChartWords,
  whose: Whose = {},
): Promise<SpendChartData> {
  const { from, to, interval } = window
  const found = await exploreUsage(member, {
    ...whose,
    from,
    to,
    interval,
    metric: 'spend',
    groupBy: [by],
    top: ownSeries,
    previousMs: null,
  })
  const { series, buckets, total } = explorationOf(found, window, {
    unit: 'usd',
    compare: false,
    ownHrefs: () => null,
    words: { all: '', other, none: removed, outcome: (outcome) => outcome },
  })
  return { series, buckets, interval, total }
}
