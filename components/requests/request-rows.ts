import type { RowsPage } from '../ui/fetch-rows.ts'
import type { RequestFacts } from './request-facts.ts'
import type { RequestTotalsFacts } from './request-totals.tsx'

/** A part of the list, with the totals of all that the filter finds. */
export interface RequestsPage extends RowsPage<RequestFacts> {
  totals: RequestTotalsFacts
}

/** The list as far as it was read, and what came meanwhile. */
export interface RequestRows extends RequestsPage {
  /** They came while the reader was further down, and wait above the list. */
  waiting: readonly RequestFacts[]
  /** They began before the last one that was read: their place is where nobody has read yet. */
  below: readonly RequestFacts[]
  /** Some may be missing: once its top is seen, the list has to begin anew. */
  isStale: boolean
  /** Those that came last, to be seen coming. */
  latest: ReadonlySet<string>
}

/** A list that stood open for hours begins anew. */
const mostRows = 2_000
const none: ReadonlySet<string> = new Set()

export function beginRows(page: RequestsPage): RequestRows {
  return { ...page, waiting: [], below: [], isStale: false, latest: none }
}

/** Requests that ended, by name. One that began before others ended may belong among the rows that are there. */
export function withArrived(
  list: RequestRows,
  { rows, totals }: Pick<RequestsPage, 'rows' | 'totals'>,
  isAtTop: boolean,
): RequestRows {
  const known = idsOf([...list.rows, ...list.waiting, ...list.below])
  const news = rows.filter(({ id }) => !known.has(id))
  const last = list.nextCursor === null ? undefined : list.rows.at(-1)
  const isBelow = (row: RequestFacts) => last !== undefined && byTime(row, last) > 0
  const next = {
    ...list,
    totals,
    waiting: [...list.waiting, ...news.filter((row) => !isBelow(row))],
    below: [...list.below, ...news.filter(isBelow)],
  }
  return isAtTop ? withWaiting(next) : next
}

/** The beginning of the list as it is now, after a time in which nobody told what ended. */
export function withNewest(list: RequestRows, page: RequestsPage, isAtTop: boolean): RequestRows {
  // Not under the eyes of who reads further down.
  if (!isAtTop) return { ...withArrived(list, page, false), isStale: true }
  const known = idsOf([...list.rows, ...list.waiting])
  return { ...beginRows(page), latest: idsOf(page.rows.filter(({ id }) => !known.has(id))) }
}

/** What waited takes its place. */
export function withWaiting(list: RequestRows): RequestRows {
  if (list.waiting.length === 0) return list
  const rows = [...list.rows, ...list.waiting].sort(byTime)
  return { ...list, rows, waiting: [], isStale: list.isStale || rows.length > mostRows, latest: idsOf(list.waiting) }
}

/** What comes after the last row. */
export function withOlder(list: RequestRows, cursor: string, page: RowsPage<RequestFacts>): RequestRows {
  // The list has begun anew meanwhile.
  if (list.nextCursor !== cursor) return list
  const known = idsOf([...list.rows, ...list.below])
  const last = page.nextCursor === null ? undefined : page.rows.at(-1)
  // Whatever ended after the page was read is in its place all the same.
  const older = [...list.below, ...page.rows.filter(({ id }) => !known.has(id))].sort(byTime)
  const isRead = (row: RequestFacts) => last === undefined || byTime(row, last) <= 0
  return {
    ...list,
    rows: [...list.rows, ...older.filter(isRead)],
    below: older.filter((row) => !isRead(row)),
    nextCursor: page.nextCursor,
    latest: none,
  }
}

function idsOf(rows: readonly RequestFacts[]): Set<string> {
  return new Set(rows.map(({ id }) => id))
}

/** As the server sorts: the newest first. */
function byTime(a: RequestFacts, b: RequestFacts): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1
  return a.id === b.id ? 0 : a.id < b.id ? 1 : -1
}
