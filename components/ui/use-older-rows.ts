import { useRef, useState } from 'react'
import { fetchRows, type RowsPage } from './fetch-rows.ts'
import type { ListState } from './list-end.tsx'

interface OlderRows {
  state: ListState
  loadMore: () => void
}

/** Fetches what comes after `nextCursor`, once at a time, and hands it on with the cursor that it came after. */
export function useOlderRows<Row>(
  rowsHref: string,
  nextCursor: string | null,
  onPage: (cursor: string, page: RowsPage<Row>) => void,
): OlderRows {
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle')
  const isBusy = useRef(false)
  const loadMore = async () => {
    if (isBusy.current || nextCursor === null) return
    isBusy.current = true
    setState('loading')
    try {
      onPage(nextCursor, await fetchRows<RowsPage<Row>>(rowsHref, { cursor: nextCursor }))
      setState('idle')
    } catch {
      setState('failed')
    } finally {
      isBusy.current = false
    }
  }
  return {
    state: state === 'idle' ? (nextCursor === null ? 'whole' : 'more') : state,
    loadMore: () => void loadMore(),
  }
}
