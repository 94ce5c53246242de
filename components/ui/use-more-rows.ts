import { useRef, useState } from 'react'
import { fetchRows, type RowsPage } from './fetch-rows.ts'
import type { ListState } from './list-end.tsx'

interface MoreRows<Row> {
  rows: readonly Row[]
  state: ListState
  loadMore: () => void
}

/**
 * A list that grows as one reads on. `first` comes with the page: when the page is made anew while the reader is at the
 * top, the list begins anew too; further down it stays in order and only takes over what is new about its rows.
 */
export function useMoreRows<Row extends { id: string }>(first: RowsPage<Row>, rowsHref: string): MoreRows<Row> {
  const [list, setList] = useState({ ...first, first })
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle')
  const isBusy = useRef(false)
  if (list.first !== first) {
    const isAtTop = list.rows.length <= first.rows.length || window.scrollY === 0
    setList(
      isAtTop ? { ...first, first } : { rows: renewed(list.rows, first.rows), nextCursor: list.nextCursor, first },
    )
  }

  const loadMore = async () => {
    const { nextCursor } = list
    if (isBusy.current || nextCursor === null) return
    isBusy.current = true
    setState('loading')
    try {
      const page = await fetchRows<RowsPage<Row>>(rowsHref, { cursor: nextCursor })
      // Whatever else became of the list meanwhile: what comes after a cursor belongs after it alone.
      setList((now) =>
        now.nextCursor === nextCursor
          ? { ...now, rows: joined(now.rows, page.rows), nextCursor: page.nextCursor }
          : now,
      )
      setState('idle')
    } catch {
      setState('failed')
    } finally {
      isBusy.current = false
    }
  }

  return {
    rows: list.rows,
    state: state === 'idle' ? (list.nextCursor === null ? 'whole' : 'more') : state,
    loadMore: () => void loadMore(),
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
