import { useState } from 'react'
import type { RowsPage } from './fetch-rows.ts'
import type { ListState } from './list-end.tsx'
import { useOlderRows } from './use-older-rows.ts'

interface MoreRows<Row> {
  rows: readonly Row[]
  state: ListState
  loadMore: () => void
  /** Takes over what is new about rows that are there. */
  renew: (news: readonly Row[]) => void
}

/**
 * A list that grows as one reads on. `first` comes with the page: when the page is made anew while the reader is at the
 * top, the list begins anew too; further down it stays in order and only takes over what is new about its rows.
 */
export function useMoreRows<Row extends { id: string }>(first: RowsPage<Row>, rowsHref: string): MoreRows<Row> {
  const [list, setList] = useState({ ...first, first })
  if (list.first !== first) {
    const isAtTop = list.rows.length <= first.rows.length || window.scrollY === 0
    setList(isAtTop ? { ...first, first } : { ...list, rows: renewed(list.rows, first.rows), first })
  }
  const { state, loadMore } = useOlderRows<Row>(rowsHref, list.nextCursor, (cursor, page) =>
    // What comes after a cursor belongs after it alone, whatever else became of the list meanwhile.
    setList((now) => (now.nextCursor === cursor ? { ...now, ...page, rows: joined(now.rows, page.rows) } : now)),
  )
  return {
    rows: list.rows,
    state,
    loadMore,
    renew: (news) => setList((now) => ({ ...now, rows: renewed(now.rows, news) })),
  }
}

function joined<Row extends { id: string }>(rows: readonly Row[], more: readonly Row[]): Row[] {
  const known = new Set(rows.map(({ id }) => id))
  return [...rows, ...more.filter(({ id }) => !known.has(id))]
}

function renewed<Row extends { id: string }>(rows: readonly Row[], news: readonly Row[]): Row[] {
  const byId = new Map(news.map((row) => [row.id, row]))
  return rows.map((row) => byId.get(row.id) ?? row)
}
