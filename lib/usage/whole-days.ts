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
  /** What all days of a week must have in common for it to be taken whole, as SQL of `whole`; else their part. */
  weekPart?: Prisma.Sql
  /** `whole` has what its hours have seen. */
  isByHour?: boolean
}

/** What part an hour belongs to is found once for each hour and not for each of its rows. */
function gapHours(partOf: NonNullable<UsageSpan['partOf']>): Prisma.Sql {
  return Prisma.sql`, gap_hours AS MATERIALIZED (
    SELECT * FROM (
      SELECT t.at AS hour, ${partOf(Prisma.sql`t.at`)} AS part
      FROM gaps CROSS JOIN LATERAL generate_series(begins_at, ends_at - interval '1 microsecond', interval '1 hour') AS t (at)
    ) hours WHERE part IS NOT NULL
  )`
}

/** A week is read from its sums if each of its days could be, and all of them for the same part of the answer. */
function wholeWeeks({ partOf, weekPart = Prisma.raw('part') }: UsageSpan): Prisma.Sql {
  return Prisma.sql`, whole_weeks AS MATERIALIZED (
    SELECT week ${partOf ? Prisma.sql`, (array_agg(part))[1] AS part` : Prisma.empty} FROM whole WHERE week IS NOT NULL
    GROUP BY week HAVING count(*) = 7 ${partOf ? Prisma.sql`AND count(DISTINCT ${weekPart}) = 1` : Prisma.empty}
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
  const part = partOf?.(Prisma.sql`s.day`)
  if (partOf) conditions.push(Prisma.sql`${part} = ${partOf(Prisma.sql`(s.ends_at - interval '1 hour')`)}`)
  return Prisma.sql`
    whole AS MATERIALIZED (
      SELECT ${columns} ${part ? Prisma.sql`, ${part} AS part` : Prisma.empty} FROM usage_day_spans s WHERE ${Prisma.join(conditions, ' AND ')}
    ) ${wholeWeeks(span)}, gaps AS MATERIALIZED (
      SELECT * FROM (
        SELECT lag(ends_at, 1, ${begin}) OVER (ORDER BY day) AS begins_at, day AS ends_at FROM whole
        UNION ALL
        SELECT coalesce(max(ends_at), ${begin}), ${end} FROM whole
      ) gap WHERE begins_at < ends_at
    )${partOf ? gapHours(partOf) : Prisma.empty}`
}
