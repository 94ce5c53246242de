import { Prisma } from '../db/generated/client.ts'
import type { Dimension } from './usage-dimensions.ts'
import { amongOf, columnsOf, listOf, placesOf } from './usage-groups.ts'
import { gapRows, type UsageDetail, wholeRows } from './usage-rows.ts'

interface Ranking {
  organizationId: string
  detail: UsageDetail
  /** What must be known of a row where nothing is told apart. */
  detailOfAll: UsageDetail
  /** Whose usage: sees the rows of every table as t. */
  where: Prisma.Sql
  /** The figure of a row of t. */
  value: Prisma.Sql
  by: Dimension[]
  /** So many groups have a place of their own; the rest are at the one after. */
  top: number
  /** Those of now come first; else both times count alike. */
  isCompared: boolean
}

/**
 * Clauses of a WITH that has the spans of `wholeDays` with their sides. The last two are `best` (place and its group, the
 * largest first) and `parts` (place, past, start, value: what adds up to the bars of each place).
 */
export function rankedParts(ranking: Ranking): Prisma.Sql {
  const { by } = ranking
  const recent = Prisma.sql`recent AS MATERIALIZED (
    SELECT side AS past, part, sum(value)::bigint AS value ${placesOf(by)}
    FROM (${gapRows(selectionOf(ranking))}) u GROUP BY past, part ${placesOf(by)}
  )`
  if (by.length === 0) {
    return Prisma.sql`${recent},
      best AS (SELECT 1 AS place),
      parts AS (SELECT 1 AS place, bars.* FROM (${barsOf(readAll(ranking))}) bars)`
  }
  // Few groups are read once. Of many only the largest are read by their bars, and the bars of all without the groups.
  const isOfFew = ranking.detail === 'model' || ranking.detail === 'project'
  return isOfFew
    ? Prisma.sql`${recent}, every AS MATERIALIZED (
        SELECT past, part, sum(value)::bigint AS value ${placesOf(by)} FROM ${read(ranking)}
        GROUP BY past, part ${placesOf(by)}
      ), ${bestAndParts(ranking, Prisma.sql`every`, Prisma.sql`every`, Prisma.sql`every`)}`
    : Prisma.sql`${recent}, ${bestAndParts(
        ranking,
        ranking.isCompared ? read(ranking) : readWithoutBars(ranking),
        readLargest(ranking),
        readAll(ranking),
      )}`
}

/** `ranked` is what places are given by, `largest` has the bars of those that have one, `all` those of everything. */
function bestAndParts(
  { by, top, isCompared }: Ranking,
  ranked: Prisma.Sql,
  largest: Prisma.Sql,
  all: Prisma.Sql,
): Prisma.Sql {
  const now = isCompared ? Prisma.sql`coalesce(sum(value) FILTER (WHERE NOT past), 0)` : Prisma.sql`0`
  const rest = Prisma.sql`${top + 1}::int`
  return Prisma.sql`
    best AS MATERIALIZED (
      SELECT row_number() OVER (ORDER BY now DESC, total DESC ${placesOf(by)})::int AS place ${placesOf(by)}
      FROM (
        SELECT ${now}::bigint AS now, sum(value)::bigint AS total ${placesOf(by)} FROM ${ranked}
        GROUP BY ${listOf(by)} HAVING sum(value) > 0
        ORDER BY now DESC, total DESC ${placesOf(by)} LIMIT ${top}
      ) largest
    ), cells AS MATERIALIZED (
      SELECT place, past, part AS start, sum(value) AS value FROM best JOIN ${largest} USING (${listOf(by)})
      GROUP BY place, past, part
    ), parts AS (
      SELECT * FROM cells
      UNION ALL SELECT ${rest}, past, start, -value FROM cells
      UNION ALL SELECT ${rest}, bars.* FROM (${barsOf(all)}) bars
    )`
}

function barsOf(all: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT past, part AS start, sum(value) AS value FROM ${all} GROUP BY past, part`
}

function selectionOf({ organizationId, detail, where, value, by }: Ranking) {
  return {
    organizationId,
    detail,
    where,
    columns: Prisma.sql`${value} AS value ${columnsOf(by)}`,
    isByPart: true,
    isBySide: true,
  }
}

function read(ranking: Ranking): Prisma.Sql {
  const { by } = ranking
  return Prisma.sql`(
    SELECT side AS past, part, value ${placesOf(by)} FROM (${wholeRows(selectionOf(ranking))}) u
    UNION ALL SELECT past, part, value ${placesOf(by)} FROM recent
  ) u`
}

function readAll(ranking: Ranking): Prisma.Sql {
  return read({ ...ranking, detail: ranking.detailOfAll, by: [] })
}

/** A bar may be less than a week, so weeks are not read. */
function readLargest(ranking: Ranking): Prisma.Sql {
  const { by, detail, where } = ranking
  return read({
    ...ranking,
    detail: detail === 'key' ? 'all' : detail,
    where: Prisma.sql`${where} AND ${amongOf(by, 'best')}`,
  })
}

function readWithoutBars(ranking: Ranking): Prisma.Sql {
  const { by } = ranking
  const whole = wholeRows({ ...selectionOf(ranking), isByPart: false, isBySide: false })
  return Prisma.sql`(
    SELECT value ${placesOf(by)} FROM (${whole}) u
    UNION ALL SELECT value ${placesOf(by)} FROM recent
  ) u`
}
