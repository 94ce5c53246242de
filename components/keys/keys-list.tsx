'use client'

import type { RowsPage } from '../ui/fetch-rows.ts'
import { ListEnd } from '../ui/list-end.tsx'
import { useMoreRows } from '../ui/use-more-rows.ts'
import { useRenewal } from '../ui/use-renewal.ts'
import type { KeyActions } from './key-actions.ts'
import type { KeyFacts } from './key-facts.ts'
import { type KeySorting, KeysTable } from './keys-table.tsx'

interface KeysListProps {
  /** As it came with the page. */
  first: RowsPage<KeyFacts>
  /** Where further rows come from, with the filter. */
  rowsHref: string
  /** Where the list begins; null: this is its beginning. */
  firstHref: string | null
  basePath: string
  sort: KeySorting
  actions: KeyActions | null
}

/** All keys that a filter finds, as far as one reads on. */
export function KeysList({ first, rowsHref, firstHref, basePath, sort, actions }: KeysListProps) {
  const { rows, state, loadMore, renew } = useMoreRows(first, rowsHref)
  const onSeen = useRenewal({ first, rows, rowsHref: `${basePath}/rows`, renew })
  return (
    <>
      <KeysTable
        keys={rows}
        isWhole={state === 'whole'}
        basePath={basePath}
        sort={sort}
        actions={actions}
        onSeen={onSeen}
      />
      {state === 'whole' && !firstHref ? null : (
        <ListEnd state={state} count={rows.length} onMore={loadMore} firstHref={firstHref} />
      )}
    </>
  )
}
