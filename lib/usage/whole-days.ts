import { Prisma } from '../db/generated/client.ts'

export interface UsageSpan {
  organizationId: string
  /** Whole hours from here; null: from the beginning. */
  from: Date | null
  /** Up to before this; null: all there is. */
  to: Date | null
  /** Moments within the span whose two sides are told apart: no day is taken whole across one. */
  cuts?: readonly Date[]
  /** Only of a span with both ends. To which part of the answer an hour belongs, as SQL: a column `part`; null: to none, it is not read. A day of hours of several is not taken whole. */
  partOf?: (hour: Prisma.Sql) => Prisma.Sql
  /** Only with `partOf`. What is told apart more roughly, as SQL: a column `side`. A week of one side is taken whole, whatever its parts. */
  sideOf?: (hour: Prisma.Sql) => Prisma.Sql
  /** `whole` has what its hours have seen. */
  isByHour?: boolean
}

/** `part` and `side` of the span that begins with this hour, as far as they are told apart. Begins with a comma. */
function partsOf({ partOf, sideOf }: UsageSpan, hour: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${partOf ? Prisma.sql`, ${partOf(hour)} AS part` : Prisma.empty}
    ${sideOf ? Prisma.sql`, ${sideOf(hour)} AS side` : Prisma.empty}`
}

/** What part an hour belongs to is found once for each hour and not for each of its rows. */
function gapHours(span: UsageSpan): Prisma.Sql {
  return Prisma.sql`, gap_hours AS MATERIALIZED (
    SELECT * FROM (
      SELECT t.at AS hour ${partsOf(span, Prisma.sql`t.at`)}
      FROM gaps CROSS JOIN LATERAL generate_series(begins_at, ends_at - interval '1 microsecond', interval '1 hour') AS t (at)
    ) hours WHERE part IS NOT NULL
  )`
}

/** A week is read from its sums if each of its days could be, and all of them for the same part of the answer. */
function wholeWeeks({ partOf, sideOf }: UsageSpan): Prisma.Sql {
  const column = sideOf ? 'side' : 'part'
  const isOne = partOf
    ? [
        Prisma.raw(`, (array_agg(part))[1] AS part, (array_agg(${column}))[1] AS side`),
        Prisma.raw(`AND count(DISTINCT ${column}) = 1`),
      ]
    : [Prisma.empty, Prisma.empty]
  return Prisma.sql`, whole_weeks AS MATERIALIZED (
    SELECT week ${isOne[0]} FROM whole WHERE week IS NOT NULL GROUP BY week HAVING count(*) = 7 ${isOne[1]}
  )`
}

/**
 * Relations for a WITH: `whole`, the days of a span whose sums hold at this moment, and `gaps`, the times from `begins_at` to
 * before `ends_at` between them, which must be read by the hour; with `partOf` also `gap_hours`, the hours of the gaps and the
 * part of each; and `whole_weeks`, the weeks whose sums may be read instead of those of their days.
 */
export function wholeDays(span: UsageSpan): Prisma.Sql {
  const { organizationId, from, to, cuts = [], partOf, isByHour = false } = span
  const begin = from ? Prisma.sql`date_trunc('hour', ${from}::timestamptz)` : Prisma.sql`'-infinity'::timestamptz`
  const end = to ? Prisma.sql`${to}::timestamptz` : Prisma.sql`'infinity'::timestamptz`
  const organization = Prisma.sql`${organizationId}::uuid`
  const conditions = [
    Prisma.sql`s.organization_id = ${organization} AND s.day >= ${begin} AND s.ends_at <= ${end}`,
    Prisma.sql`s.time_zone = (SELECT time_zone FROM organizations WHERE id = ${organization})`,
    Prisma.sql`NOT EXISTS (
      SELECT FROM usage_hour_changes c
      WHERE c.organization_id = ${organization} AND c.hour >= s.day AND c.hour < s.ends_at)`,
    ...cuts.map((cut) => Prisma.sql`NOT (s.day < ${cut}::timestamptz AND s.ends_at > ${cut}::timestamptz)`),
  ]
  const columns = Prisma.raw(isByHour ? 's.*' : 's.day, s.ends_at, s.week')
  if (partOf) {
    conditions.push(Prisma.sql`${partOf(Prisma.sql`s.day`)} = ${partOf(Prisma.sql`(s.ends_at - interval '1 hour')`)}`)
  }
  return Prisma.sql`
    whole AS MATERIALIZED (
      SELECT ${columns} ${partsOf(span, Prisma.sql`s.day`)} FROM usage_day_spans s WHERE ${Prisma.join(conditions, ' AND ')}
    ) ${wholeWeeks(span)}, gaps AS MATERIALIZED (
      SELECT * FROM (
        SELECT lag(ends_at, 1, ${begin}) OVER (ORDER BY day) AS begins_at, day AS ends_at FROM whole
        UNION ALL
        SELECT coalesce(max(ends_at), ${begin}), ${end} FROM whole
      ) gap WHERE begins_at < ends_at
    )${partOf ? gapHours(span) : Prisma.empty}`
}
