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
  waiting: RequestFacts[]
  /** More came than is known of: the list can only begin anew. */
  isGapped: boolean
  /** Those that came last, to be seen coming. */
  latest: ReadonlySet<string>
}

const none: ReadonlySet<string> = new Set()

export function beginRows(page: RequestsPage): RequestRows {
  return { ...page, waiting: [], isGapped: false, latest: none }
}

/** Requests that ended, by name. One that began before others ended may belong among the rows that are there. */
export function withArrived(
  list: RequestRows,
  { rows, totals }: Omit<RequestsPage, 'nextCursor'>,
  isAtTop: boolean,
): RequestRows {
  const known = new Set([...list.rows, ...list.waiting].map(({ id }) => id))
  const news = rows.filter(({ id }) => !known.has(id))
  if (news.length === 0) return { ...list, totals }
  const next = { ...list, totals, waiting: [...list.waiting, ...news] }
  return isAtTop ? withWaiting(next) : next
}

/** The beginning of the list as it is now. Where it does not meet what is known, something between them is not. */
export function withNewest(list: RequestRows, page: RequestsPage, isAtTop: boolean): RequestRows {
  const known = new Set([...list.rows, ...list.waiting].map(({ id }) => id))
  const meets = page.nextCursor === null || page.rows.some(({ id }) => known.has(id))
  if (meets && !list.isGapped) return withArrived(list, page, isAtTop)
  if (!isAtTop) return { ...withArrived(list, page, false), isGapped: true }
  return { ...beginRows(page), latest: new Set(page.rows.flatMap(({ id }) => (known.has(id) ? [] : [id]))) }
}

/** What waited takes its place. */
export function withWaiting(list: RequestRows): RequestRows {
  if (list.waiting.length === 0) return list
  const oldest = list.rows.at(-1)
  const rows = [...list.rows, ...list.waiting].sort(byTime)
  // What belongs below the last row that was read comes when one reads on.
  const end = list.nextCursor === null || !oldest ? rows.length : rows.indexOf(oldest) + 1
  return { ...list, rows: rows.slice(0, end), waiting: [], latest: new Set(list.waiting.map(({ id }) => id)) }
}

/** What comes after the last row. */
export function withOlder(list: RequestRows, cursor: string, page: RowsPage<RequestFacts>): RequestRows {
  if (list.nextCursor !== cursor) return list
  const known = new Set(list.rows.map(({ id }) => id))
  return {
    ...list,
    rows: [...list.rows, ...page.rows.filter(({ id }) => !known.has(id))],
    nextCursor: page.nextCursor,
    latest: none,
  }
}

/** As the server sorts: the newest first. */
function byTime(a: RequestFacts, b: RequestFacts): number {
  return a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1
}
