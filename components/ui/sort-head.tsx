'use client'

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cn } from './cn.ts'
import { TableHead } from './table.tsx'

export type SortDirection = 'ascending' | 'descending'

type SortHeadProps = {
  children: ReactNode
  /** The column in words, for screen readers, when `children` is not text. */
  label?: string
  /** Null: the table is sorted by another column. */
  direction: SortDirection | null
  numeric?: boolean
  className?: string
} & ({ href: string; onSort?: never } | { href?: never; onSort: () => void })

/** A column header that sorts: by a link that carries the order in the URL, or by a callback. */
export function SortHead({ children, label, direction, numeric = false, className, href, onSort }: SortHeadProps) {
  const t = useTranslations('ui.table')
  const Icon = direction === 'ascending' ? ArrowUp : direction === 'descending' ? ArrowDown : ChevronsUpDown
  const column = label ?? (typeof children === 'string' ? children : '')
  const title = t(direction === 'descending' ? 'sortAscending' : 'sortDescending', { column })
  const face = cn(
    'group inline-flex items-center gap-1 rounded-sm align-middle hover:text-foreground',
    numeric && 'flex-row-reverse',
    direction && 'text-foreground',
  )
  const content = (
    <>
      {children}
      <Icon
        aria-hidden="true"
        className={cn(
          'size-3.5 shrink-0',
          !direction && 'opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60',
        )}
      />
    </>
  )
  return (
    <TableHead numeric={numeric} aria-sort={direction ?? 'none'} className={className}>
      {href === undefined ? (
        <button type="button" title={title} onClick={onSort} className={face}>
          {content}
        </button>
      ) : (
        <Link href={href} title={title} scroll={false} className={face}>
          {content}
        </Link>
      )}
    </TableHead>
  )
}
