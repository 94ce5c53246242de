'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { ResetsAt } from '../budgets/resets-at.tsx'
import { tightestOf } from '../budgets/tightest-of.ts'
import { type SortDirection, SortHead } from '../ui/sort-head.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { Table, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import { VirtualBody } from '../ui/virtual-body.tsx'
import { EffectiveSpend } from './effective-spend.tsx'
import type { KeyActions } from './key-actions.ts'
import type { KeyFacts } from './key-facts.ts'
import { KeyMenu } from './key-menu.tsx'
import { ModelNames } from './model-names.tsx'

/** What the server can sort keys by. */
export type KeySort = 'name' | 'spent' | 'last_used'

/** Where each column leads that can be sorted by. */
export type KeySorting = Record<KeySort, { href: string; direction: SortDirection | null }>

const rowPx = 57

interface KeysTableProps {
  keys: readonly KeyFacts[]
  /** The path that the id of a key is added to. */
  basePath: string
  /** false: there are more than these. */
  isWhole?: boolean
  /** Null: the order cannot be changed. */
  sort: KeySorting | null
  /** false where all are of the same one. */
  withProject?: boolean
  /** Null for who may only look. */
  actions: KeyActions | null
  /** Hears which keys are in the document. */
  onSeen?: (ids: string[]) => void
}

/** Keys and their standing. On a phone the columns fold under the name. */
export function KeysTable(props: KeysTableProps) {
  const { keys, isWhole = true, basePath, sort, withProject = true, actions, onSeen } = props
  const t = useTranslations('keys')
  const head = (column: KeySort, label: string, className?: string) =>
    sort ? (
      <SortHead {...sort[column]} className={className}>
        {label}
      </SortHead>
    ) : (
      <TableHead className={className}>{label}</TableHead>
    )
  return (
    <Table label={t('title')} aria-rowcount={isWhole ? keys.length + 1 : -1}>
      <TableHeader>
        <TableRow aria-rowindex={1}>
          {head('name', t('columns.name'))}
          <TableHead className="max-md:hidden">{t('columns.owner')}</TableHead>
          {withProject ? <TableHead className="max-lg:hidden">{t('columns.project')}</TableHead> : null}
          <TableHead className="max-xl:hidden">{t('columns.models')}</TableHead>
          {head('spent', t('columns.spend'))}
          <TableHead className="max-lg:hidden">{t('columns.resets')}</TableHead>
          {head('last_used', t('columns.lastUsed'), 'max-md:hidden')}
          <TableHead className="max-sm:hidden">{t('columns.status')}</TableHead>
          {actions ? (
            <TableHead className="w-8">
              <span className="sr-only">{t('columns.actions')}</span>
            </TableHead>
          ) : null}
        </TableRow>
      </TableHeader>
      <VirtualBody rows={keys} keyOf={(key) => key.id} rowPx={rowPx} onSeen={onSeen}>
        {(key, place) => {
          const href = `${basePath}/${key.id}`
          const reset = tightestOf(key.budgets)
          return (
            <TableRow {...place} className="scroll-mt-28 scroll-mb-4">
              <TableCell className="max-w-64">
                <div className="grid min-w-28">
                  <Link
                    data-row-focus
                    href={href}
                    prefetch={false}
                    className="truncate rounded-sm font-medium underline-offset-4 hover:underline"
                  >
                    {key.name}
                  </Link>
                  <code className="truncate font-mono text-faint text-xs">sk-stp-…{key.hint}</code>
                  <StatusBadge status={key.status} className="mt-1 text-xs sm:hidden" />
                </div>
              </TableCell>
              <TableCell className="max-w-40 truncate max-md:hidden">
                {key.owner ? (
                  <span title={key.owner.email}>{key.owner.name}</span>
                ) : (
                  <span className="text-faint">{t('nobody')}</span>
                )}
              </TableCell>
              {withProject ? (
                <TableCell className="max-w-40 truncate max-lg:hidden">{key.project.name}</TableCell>
              ) : null}
              <TableCell className="max-w-44 truncate max-xl:hidden">
                <ModelNames models={key.models} />
              </TableCell>
              <TableCell className="w-72 min-w-36">
                <EffectiveSpend budgets={key.budgets} spentUsd={key.spentUsd} />
              </TableCell>
              <TableCell className="text-muted max-lg:hidden">
                {reset ? <ResetsAt at={reset.resetsAt} bare /> : <span className="text-faint">—</span>}
              </TableCell>
              <TableCell className="text-muted max-md:hidden">
                <Time at={key.lastUsedAt} />
              </TableCell>
              <TableCell className="max-sm:hidden">
                <StatusBadge status={key.status} />
              </TableCell>
              {actions ? (
                <TableCell className="text-right">
                  <KeyMenu id={key.id} name={key.name} status={key.status} href={href} actions={actions} />
                </TableCell>
              ) : null}
            </TableRow>
          )
        }}
      </VirtualBody>
    </Table>
  )
}
