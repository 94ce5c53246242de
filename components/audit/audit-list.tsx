'use client'

import type { RowsPage } from '../ui/fetch-rows.ts'
import { ListEnd } from '../ui/list-end.tsx'
import { useMoreRows } from '../ui/use-more-rows.ts'
import type { AuditFacts } from './audit-facts.ts'
import { AuditTable } from './audit-table.tsx'

interface AuditListProps {
  /** As it came with the page. */
  first: RowsPage<AuditFacts>
  /** Where further rows come from, with the filter. */
  rowsHref: string
  /** Where the log begins; null: this is its beginning. */
  firstHref: string | null
}

/** The log, as far as one reads on. */
export function AuditList({ first, rowsHref, firstHref }: AuditListProps) {
  const { rows, state, loadMore } = useMoreRows(first, rowsHref)
  return (
    <>
      <AuditTable events={rows} isWhole={state === 'whole'} />
      {state === 'whole' && !firstHref ? null : (
        <ListEnd state={state} count={rows.length} onMore={loadMore} firstHref={firstHref} />
      )}
    </>
  )
}
