import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { dimensions } from './usage-dimensions.ts'
import { amongOf, columnsOf, groupsOf, listOf, namesOf, placesOf, textsOf, type UsageGroups } from './usage-groups.ts'
import { metrics, usageMetrics } from './usage-metrics.ts'
import { resolveRange, usageRangeFields } from './usage-range.ts'
import { gapRows, wholeRows } from './usage-rows.ts'
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
    const columns = Prisma.sql`${usageMetrics[metric]} AS value ${columnsOf(dimensionNames)}`
    const isWhose = whereUsage(member, filter)
    const select = {
      organizationId,
      isByPart: true,
      isBySide: true,
      detail: usageDetailOf(member, filter, dimensionNames),
      columns,
    }
    const read = (selection: Partial<typeof select> & { where: Prisma.Sql }, names = dimensionNames) => Prisma.sql`(
      SELECT side AS past, part, value ${placesOf(names)} FROM (${wholeRows({ ...select, ...selection })}) u
      UNION ALL SELECT past, part, value ${placesOf(names)} FROM recent
    ) u`
    // Few groups are read once. Of many only the largest are read by their bars, and the bars of all without the groups.
    const isOfFew = select.detail === 'model' || select.detail === 'project'
    const every = Prisma.sql`every AS MATERIALIZED (
      SELECT past, part, sum(value)::bigint AS value ${placesOf(dimensionNames)} FROM ${read({ where: isWhose })}
      GROUP BY past, part ${placesOf(dimensionNames)}
    )`
    const all = isOfFew
      ? Prisma.sql`every`
      : read(
          {
            where: isWhose,
            detail: usageDetailOf(member, filter),
            columns: Prisma.sql`${usageMetrics[metric]} AS value`,
          },
          [],
        )
    const largest = isOfFew
      ? Prisma.sql`every`
      : read({
          // A bar may be less than a week.
          detail: select.detail === 'key' ? 'all' : select.detail,
          where: Prisma.sql`${isWhose} AND ${amongOf(dimensionNames, 'best')}`,
        })
    const ranked = isOfFew
      ? Prisma.sql`SELECT * FROM every`
      : previousMs !== null
        ? Prisma.sql`SELECT * FROM ${read({ where: isWhose })}`
        : Prisma.sql`
            SELECT value ${placesOf(dimensionNames)}
            FROM (${wholeRows({ ...select, where: isWhose, isByPart: false, isBySide: false })}) u
            UNION ALL SELECT value ${placesOf(dimensionNames)} FROM recent`
    const now = previousMs === null ? Prisma.sql`0` : Prisma.sql`coalesce(sum(value) FILTER (WHERE NOT past), 0)`
    const bars = Prisma.sql`SELECT past, part AS start, sum(value) AS value FROM ${all} GROUP BY past, part`
    const rest = Prisma.sql`${top + 1}::int`
    const groups = dimensionNames.length
      ? Prisma.sql`
          best AS MATERIALIZED (
            SELECT row_number() OVER (ORDER BY now DESC, total DESC ${placesOf(dimensionNames)})::int AS place
              ${placesOf(dimensionNames)}
            FROM (
              SELECT ${now}::bigint AS now, sum(value)::bigint AS total ${placesOf(dimensionNames)} FROM (${ranked}) u
              GROUP BY ${listOf(dimensionNames)} HAVING sum(value) > 0
              ORDER BY now DESC, total DESC ${placesOf(dimensionNames)} LIMIT ${top}
            ) ranked
          ), cells AS MATERIALIZED (
            SELECT place, past, part AS start, sum(value) AS value FROM best JOIN ${largest} USING (${listOf(dimensionNames)})
            GROUP BY place, past, part
          ), parts AS (
            SELECT * FROM cells
            UNION ALL SELECT ${rest}, past, start, -value FROM cells
            UNION ALL SELECT ${rest}, bars.* FROM (${bars}) bars
          )`
      : Prisma.sql`best AS (SELECT 1 AS place), parts AS (SELECT 1 AS place, bars.* FROM (${bars}) bars)`
    return tx.$queryRaw<SeriesRow[]>`
      WITH ${spans}, recent AS MATERIALIZED (
        SELECT side AS past, part, sum(value)::bigint AS value ${placesOf(dimensionNames)}
        FROM (${gapRows({ ...select, where: isWhose })}) u GROUP BY past, part ${placesOf(dimensionNames)}
      ), ${isOfFew ? Prisma.sql`${every},` : Prisma.empty} ${groups}, folded AS (
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
