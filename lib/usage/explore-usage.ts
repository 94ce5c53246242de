import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { dimensions } from './usage-dimensions.ts'
import { columnsOf, groupsOf, namesOf, placesOf, textsOf, type UsageGroups } from './usage-groups.ts'
import { metrics, usageMetrics } from './usage-metrics.ts'
import { resolveRange, usageRangeFields } from './usage-range.ts'
import { usageRows } from './usage-rows.ts'
import { usageDetailOf, usageFilterFields, whereUsage } from './where-usage.ts'

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
  /** By the start of their interval in milliseconds. Intervals without anything are left out. */
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

/** One figure by group, subgroup and time beside the time before: one reading of the rollups, whatever the question. */
export async function exploreUsage(member: Member, input: ExploreUsageInput): Promise<UsageExploration> {
  authorize(member, 'requests.read_own')
  const { from, to, metric, groupBy, interval, top, previousMs, ...filter } = parseInput(schema, input)
  const range = resolveRange({ from, to })
  const backMs = previousMs ?? 0
  const back = Prisma.sql`(${backMs}::bigint * interval '1 millisecond')`
  const dimensionNames = [...new Set(groupBy)]
  const dimensionList = Prisma.raw(dimensionNames.join(', '))
  const isWhole = dimensionNames.length === 0
  const detail = usageDetailOf(member, filter, dimensionNames)
  const begin = new Date(range.from.getTime() - backMs)
  const rows = await inTenant(member.organizationId, async (tx) => {
    const { timeZone } = await tx.organization.findUniqueOrThrow({
      where: { id: member.organizationId },
      select: { timeZone: true },
    })
    const startOf = (hour: Prisma.Sql) => Prisma.sql`
      date_trunc(${interval}, (CASE WHEN ${hour} < ${range.from}::timestamptz THEN ${hour} + ${back} ELSE ${hour} END)
        AT TIME ZONE ${timeZone}) AT TIME ZONE ${timeZone}`
    const cuts = [range.from, new Date(range.to.getTime() - backMs)]
    return tx.$queryRaw<SeriesRow[]>`
      WITH cells AS (
        SELECT u.hour < ${range.from}::timestamptz AS past, u.part AS start,
          sum(${usageMetrics[metric]})::bigint AS value ${columnsOf(dimensionNames)}
        FROM ${usageRows({ organizationId: member.organizationId, from: begin, to: range.to, cuts, partOf: startOf, detail })}
        WHERE ${whereUsage(member, filter, begin, range.to)}
          AND (u.hour >= ${range.from}::timestamptz OR u.hour < ${range.to}::timestamptz - ${back})
        GROUP BY past, u.part ${placesOf(dimensionNames)}
      ), ranked AS (
        SELECT least(row_number() OVER (
          ORDER BY coalesce(sum(value) FILTER (WHERE NOT past), 0) DESC, sum(value) DESC ${placesOf(dimensionNames)}), ${top + 1})::int
          AS place ${placesOf(dimensionNames)}
        FROM cells ${isWhole ? Prisma.empty : Prisma.sql`GROUP BY ${dimensionList}`} HAVING sum(value) > 0
      ), folded AS (
        SELECT place, start, coalesce(sum(value) FILTER (WHERE NOT past), 0) AS value,
          coalesce(sum(value) FILTER (WHERE past), 0) AS previous
        FROM cells ${isWhole ? Prisma.sql`CROSS JOIN ranked` : Prisma.sql`JOIN ranked USING (${dimensionList})`} GROUP BY place, start
      ), series AS (
        SELECT place, array_agg(start) AS starts, array_agg(value::bigint) AS values,
          array_agg(previous::bigint) AS "previousValues"
        FROM folded GROUP BY place
      ), g AS (
        SELECT series.* ${textsOf(dimensionNames)} FROM series LEFT JOIN ranked ON ranked.place = series.place AND series.place <= ${top}
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
