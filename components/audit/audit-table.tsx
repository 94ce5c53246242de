'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Badge } from '../ui/badge.tsx'
import { Table, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import { VirtualBody } from '../ui/virtual-body.tsx'
import type { AuditFacts } from './audit-facts.ts'

const rowPx = 64

/** Changes, the newest first; each opens to what was before and after. */
export function AuditTable({ events, isWhole }: { events: readonly AuditFacts[]; isWhole: boolean }) {
  const t = useTranslations('audit')
  // A row that is scrolled past and comes back is as it was left.
  const [opened] = useState(() => new Set<string>())
  return (
    <Table label={t('title')} aria-rowcount={isWhole ? events.length + 1 : -1}>
      <TableHeader>
        <TableRow aria-rowindex={1}>
          <TableHead>{t('columns.time')}</TableHead>
          <TableHead className="max-md:hidden">{t('columns.who')}</TableHead>
          <TableHead>{t('columns.what')}</TableHead>
        </TableRow>
      </TableHeader>
      <VirtualBody rows={events} keyOf={(event) => event.id} rowPx={rowPx}>
        {(event, place) => (
          <TableRow {...place} className="scroll-mt-28 scroll-mb-4 align-top">
            <TableCell className="whitespace-nowrap py-2.5 text-muted">
              <Time at={event.at} />
            </TableCell>
            <TableCell className="max-w-56 py-2.5 max-md:hidden">
              <Actor event={event} />
            </TableCell>
            <TableCell className="py-2.5">
              <div className="flex min-w-0 flex-wrap items-baseline gap-x-2">
                <span className="font-medium" title={event.action}>
                  {t.has(actionKey(event.action)) ? t(actionKey(event.action)) : event.action}
                </span>
                {event.targetHref ? (
                  <Link
                    href={event.targetHref}
                    prefetch={false}
                    className="break-all rounded-sm underline-offset-4 hover:underline"
                  >
                    {event.target}
                  </Link>
                ) : (
                  <span className="break-all">{event.target}</span>
                )}
              </div>
              <div className="text-xs md:hidden">
                <Actor event={event} />
              </div>
              {event.changes.length > 0 ? (
                <details
                  className="mt-1 text-xs"
                  open={opened.has(event.id)}
                  onToggle={({ currentTarget: { open } }) => (open ? opened.add(event.id) : opened.delete(event.id))}
                >
                  <summary data-row-focus className="w-fit cursor-pointer text-muted hover:text-foreground">
                    {t('changes', { count: event.changes.length })}
                  </summary>
                  <dl className="mt-2 grid gap-x-6 gap-y-1.5 sm:grid-cols-[max-content_minmax(0,1fr)]">
                    {event.changes.map(({ field, before, after }) => (
                      <div key={field} className="contents">
                        <dt className="text-muted" title={field}>
                          {t.has(fieldKey(field)) ? t(fieldKey(field)) : field}
                        </dt>
                        <dd className="flex flex-wrap gap-x-2 break-all font-mono">
                          {before === null ? null : (
                            <del className="text-danger-text decoration-from-font">
                              <span className="sr-only">{t('before')} </span>
                              {before}
                            </del>
                          )}
                          {after === null ? null : (
                            <ins className="text-positive-text no-underline">
                              <span className="sr-only">{t('after')} </span>
                              {after}
                            </ins>
                          )}
                        </dd>
                      </div>
                    ))}
                  </dl>
                </details>
              ) : null}
            </TableCell>
          </TableRow>
        )}
      </VirtualBody>
    </Table>
  )
}

function Actor({ event }: { event: AuditFacts }) {
  const t = useTranslations('audit')
  return (
    <span className="inline-flex min-w-0 max-w-full flex-wrap items-center gap-1.5">
      <span className="truncate">{event.actor}</span>
      {event.actorKind === 'user' ? null : <Badge>{t(`actors.${event.actorKind}`)}</Badge>}
    </span>
  )
}

/** What is not among the messages, because an older or newer version wrote it, is shown as it stands in the log. */
function actionKey(action: string): 'actions.key.create' {
  return `actions.${action}` as 'actions.key.create'
}

function fieldKey(field: string): 'fields.name' {
  return `fields.${field}` as 'fields.name'
}
