'use client'

import { AudioLines } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import { cn } from '../ui/cn.ts'
import { Table, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { VirtualBody } from '../ui/virtual-body.tsx'
import { Duration } from './duration.tsx'
import { LogTime } from './log-time.tsx'
import type { RequestFacts } from './request-facts.ts'
import { RequestStatus } from './request-status.tsx'

interface RequestsTableProps {
  requests: readonly RequestFacts[]
  /** Of all that the filter finds. */
  count: number
  /** Those that came last fade in. */
  latest: ReadonlySet<string>
  /** The one that is open beside the list. */
  openId: string | null
  onOpen: (id: string) => void
}

const cell = 'h-8 py-0.5'
const rowPx = 33
const arriving = 'fade-in-0 slide-in-from-top-4 animate-in duration-500'

/** As dense as a log; a row opens with a click, or its time with the keyboard. */
export function RequestsTable({ requests, count, latest, openId, onOpen }: RequestsTableProps) {
  const t = useTranslations('requests')
  const format = useFormatter()
  return (
    <Table label={t('title')} aria-rowcount={Math.max(count, requests.length) + 1}>
      <TableHeader>
        <TableRow aria-rowindex={1}>
          <TableHead>{t('columns.time')}</TableHead>
          <TableHead>{t('columns.result')}</TableHead>
          <TableHead>{t('columns.model')}</TableHead>
          <TableHead className="max-md:hidden">{t('columns.key')}</TableHead>
          <TableHead className="max-xl:hidden">{t('columns.provider')}</TableHead>
          <TableHead numeric className="max-sm:hidden">
            {t('columns.tokens')}
          </TableHead>
          <TableHead numeric>{t('columns.cost')}</TableHead>
          <TableHead numeric className="max-md:hidden">
            {t('columns.latency')}
          </TableHead>
        </TableRow>
      </TableHeader>
      <VirtualBody rows={requests} keyOf={(request) => request.id} rowPx={rowPx} className="text-xs">
        {(request, place) => (
          <TableRow
            {...place}
            aria-selected={request.id === openId}
            onClick={() => onOpen(request.id)}
            className={cn('cursor-pointer scroll-mt-28 scroll-mb-4', latest.has(request.id) && arriving)}
          >
            <TableCell className={cn(cell, 'whitespace-nowrap text-muted')}>
              <button
                type="button"
                id={`request-${request.id}`}
                data-row-focus
                onClick={(event) => {
                  event.stopPropagation()
                  onOpen(request.id)
                }}
                className="rounded-sm"
              >
                <LogTime at={request.at} />
              </button>
            </TableCell>
            <TableCell className={cn(cell, 'max-w-64')}>
              <RequestStatus status={request.status} errorCode={request.errorCode} className="max-sm:hidden" />
              <RequestStatus status={request.status} errorCode={null} className="sm:hidden" />
            </TableCell>
            <TableCell className={cn(cell, 'max-w-56')}>
              <span className="flex items-center gap-1.5">
                <span className="truncate font-medium">{request.model || '—'}</span>
                {request.stream ? (
                  <AudioLines aria-label={t('stream')} className="size-3.5 shrink-0 text-faint" />
                ) : null}
              </span>
            </TableCell>
            <TableCell className={cn(cell, 'max-w-48 truncate max-md:hidden')}>{request.key.name}</TableCell>
            <TableCell className={cn(cell, 'max-w-40 truncate text-muted max-xl:hidden')}>
              {request.providerName ?? '—'}
            </TableCell>
            <TableCell numeric className={cn(cell, 'text-muted max-sm:hidden')}>
              {request.inputTokens === null && request.outputTokens === null ? (
                '—'
              ) : (
                <>
                  {tokens(request.inputTokens)} <span className="text-faint">→</span> {tokens(request.outputTokens)}
                </>
              )}
            </TableCell>
            <TableCell numeric className={cell}>
              {request.estimated ? (
                <span title={t('estimated')} className="mr-1 text-warning-text">
                  ~
                </span>
              ) : null}
              <Money usd={request.costUsd} style="exact" />
            </TableCell>
            <TableCell numeric className={cn(cell, 'text-muted max-md:hidden')}>
              <Duration ms={request.latencyMs} />
            </TableCell>
          </TableRow>
        )}
      </VirtualBody>
    </Table>
  )

  function tokens(count: number | null): string {
    return count === null ? '?' : format.number(count)
  }
}
