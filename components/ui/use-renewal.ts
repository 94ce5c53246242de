import { useEffect, useRef } from 'react'
import { fetchRows, type RowsPage } from './fetch-rows.ts'

interface RenewalOptions<Row> {
  first: RowsPage<Row>
  rows: readonly Row[]
  /** Where rows come from by their ids. */
  rowsHref: string
  renew: (news: readonly Row[]) => void
}

/**
 * A page that is made anew brings its first rows with it. Those further down are fetched anew once they are seen: call
 * what is returned with the ids that are.
 */
export function useRenewal<Row extends { id: string }>(options: RenewalOptions<Row>): (ids: string[]) => void {
  const { first, rows, rowsHref, renew } = options
  const seen = useRef<string[]>([])
  const stale = useRef(new Set<string>())
  const isBusy = useRef(false)
  const look = async () => {
    const ids = seen.current.filter((id) => stale.current.has(id))
    if (isBusy.current || ids.length === 0) return
    isBusy.current = true
    for (const id of ids) stale.current.delete(id)
    try {
      const page = await fetchRows<RowsPage<Row>>(rowsHref, { ids: ids.join(',') })
      renew(page.rows)
    } catch {
      // They are as they were until there is news again.
    }
    isBusy.current = false
    void look()
  }
  // Only a page that is made anew makes other rows old.
  useEffect(() => {
    const fresh = new Set(first.rows.map(({ id }) => id))
    stale.current = new Set(rows.flatMap(({ id }) => (fresh.has(id) ? [] : id)))
    void look()
  }, [first])
  return (ids) => {
    seen.current = ids
    void look()
  }
}
