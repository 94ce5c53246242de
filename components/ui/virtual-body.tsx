'use client'

import { memo, type ReactNode, useEffect } from 'react'
import { TableBody } from './table.tsx'
import { useVirtualRows } from './use-virtual-rows.ts'

/** What the row of a long table carries: where it stands, for the list and for screen readers. */
export interface RowPlace {
  'data-row': string
  'aria-rowindex': number
}

interface VirtualBodyProps<Row> {
  rows: readonly Row[]
  keyOf: (row: Row) => string
  /** How high a row is, about; each is measured once it is seen. */
  rowPx: number
  className?: string
  /** Hears which rows are there, after each change. */
  onSeen?: (ids: string[]) => void
  children: (row: Row, place: RowPlace) => ReactNode
}

/**
 * The body of a table of any length: only the rows around what is seen are in the document. Give the table its
 * `aria-rowcount`, each row its place, and what a row opens with `data-row-focus`: arrows, Home, End and Page keys go
 * from there.
 */
export function VirtualBody<Row>({ rows, keyOf, rowPx, className, onSeen, children }: VirtualBodyProps<Row>) {
  const { bodyRef, parts, handlers } = useVirtualRows({ rows, keyOf, rowPx })
  useEffect(() => onSeen?.(parts.flatMap((part) => ('gapPx' in part ? [] : part.id))))
  return (
    <TableBody ref={bodyRef} className={className} {...handlers}>
      {parts.map((part) =>
        'gapPx' in part ? (
          // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a gap holds nothing that could be focused
          <tr key={part.id} aria-hidden="true" className="bg-transparent!" style={{ height: part.gapPx }} />
        ) : (
          <VirtualRow key={part.id} id={part.id} index={part.index} row={rows[part.index]!} draw={children} />
        ),
      )}
    </TableBody>
  )
}

interface VirtualRowProps<Row> {
  id: string
  index: number
  row: Row
  draw: VirtualBodyProps<Row>['children']
}

/** While a table is scrolled, only rows that come are drawn, not again those that stay. */
const VirtualRow = memo(drawRow) as typeof drawRow

/** The header is the first row. */
function drawRow<Row>({ id, index, row, draw }: VirtualRowProps<Row>): ReactNode {
  return draw(row, { 'data-row': id, 'aria-rowindex': index + 2 })
}
