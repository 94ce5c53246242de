import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { rankedParts } from './ranked-parts.ts'
import { dimensions } from './usage-dimensions.ts'
import { groupsOf, namesOf, textsOf, type UsageGroups } from './usage-groups.ts'
import { metrics, usageMetrics } from './usage-metrics.ts'
import { resolveRange, usageRangeFields } from './usage-range.ts'
import { usageDetailOf, usageFilterFields, whereUsage } from './where-usage.ts'
import { wholeDays } from './whole-days.ts'

const schema = z.strictObject({
  ...usageRangeFields,
  ...usageFilterFields,
  metric: z.enum(metrics),
  /** The group, then the subgroup. */
  groupBy: z.array(z.enum(dimensions)).max(2),
  interval: z.enum(['hour', 'day', 'week', 'month']),
  /** So many groups by their own name, the largest first; the rest are one. */
  top: z.int().min(1).max(50),
  /** How far back the time lies that this one is compared with. */
  previousMs: z.int().positive().nullable(),
})

export type ExploreUsageInput = z.input<typeof schema>

export interface UsageSeries {
  /** Null: all that is not among the top. */
  groups: UsageGroups | null
  /** Nano-dollars or counts, by the metric. */
  total: bigint
  /** Of the time before; 0 where nothing is compared. */
  previousTotal: bigint
  /** By the start of their interval in milliseconds. Intervals without anything in either time are left out. */
  values: ReadonlyMap<number, bigint>
}

export interface UsageExploration {
  /** The largest first, the rest last. Also those that there only were in the time before. */
  series: UsageSeries[]
  total: bigint
  previousTotal: bigint
  /** The time before laid over this one. */
  previousValues: ReadonlyMap<number, bigint>
}

interface SeriesRow extends Record<string, unknown> {
  place: number
  starts: Date[]
  values: bigint[]
  previousValues: bigint[]
}

/**
 * One figure by group, subgroup and time beside the time before. Which groups are the largest is asked of the whole time,
 * each bar only of those; what is left of the bars of all is the rest. One statement, so all of it is of one moment.
 */
export async function exploreUsage(member: Member, input: ExploreUsageInput): Promise<UsageExploration> {
  authorize(member, 'requests.read_own')
  const { from, to, metric, groupBy, interval, top, previousMs, ...filter } = parseInput(schema, input)
  const range = resolveRange({ from, to })
  const backMs = previousMs ?? 0
  const begin = new Date(range.from.getTime() - backMs)
  const end = new Date(range.to.getTime() - backMs)
  const dimensionNames = [...new Set(groupBy)]
  const { organizationId } = member
  const rows = await inTenant(organizationId, async (tx) => {
    const { timeZone } = await tx.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { timeZone: true },
    })
    // An hour between the two times is of neither.
    const startOf = (hour: Prisma.Sql) => Prisma.sql`date_trunc(${interval}, CASE
        WHEN ${hour} >= ${range.from}::timestamptz THEN ${hour}
        WHEN ${hour} < ${end}::timestamptz THEN ${hour} + ${backMs}::bigint * interval '1 millisecond'
      END AT TIME ZONE ${timeZone}) AT TIME ZONE ${timeZone}`
    const spans = wholeDays({
      organizationId,
      from: begin,
      to: range.to,
      cuts: [range.from],
      partOf: startOf,
      sideOf: (hour) => Prisma.sql`(${hour} < ${range.from}::timestamptz)`,
    })
    const parts = rankedParts({
      organizationId,
      detail: usageDetailOf(member, filter, dimensionNames),
      detailOfAll: usageDetailOf(member, filter),
      where: whereUsage(member, filter),
      value: usageMetrics[metric],
      by: dimensionNames,
      top,
      isCompared: previousMs !== null,
    })
    return tx.$queryRaw<SeriesRow[]>`
      WITH ${spans}, ${parts}, folded AS (
        SELECT place, start, coalesce(sum(value) FILTER (WHERE NOT past), 0) AS value,
          coalesce(sum(value) FILTER (WHERE past), 0) AS previous
        FROM parts GROUP BY place, start
      ), series AS (
        SELECT place, array_agg(start) AS starts, array_agg(value::bigint) AS values,
          array_agg(previous::bigint) AS "previousValues"
        FROM folded WHERE value <> 0 OR previous <> 0 GROUP BY place
      ), g AS (
        SELECT series.* ${textsOf(dimensionNames)} FROM series LEFT JOIN best USING (place)
      )
      SELECT g.* ${namesOf(dimensionNames)} FROM g ORDER BY place`
  })
  const previousValues = new Map<number, bigint>()
  for (const row of rows) {
    row.starts.forEach((start, index) => {
      const at = start.getTime()
      previousValues.set(at, (previousValues.get(at) ?? 0n) + row.previousValues[index]!)
    })
  }
  const series = rows.map((row) => ({
    groups: row.place > top ? null : groupsOf(dimensionNames, row),
    total: sum(row.values),
    previousTotal: sum(row.previousValues),
    values: new Map(row.starts.map((start, index) => [start.getTime(), row.values[index]!])),
  }))
  return {
    series,
    total: sum(series.map(({ total }) => total)),
    previousTotal: sum(series.map(({ previousTotal }) => previousTotal)),
    previousValues,
  }
}

function sum(values: bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n)
}
