'use client'

import { ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useRef, useState } from 'react'
import { displayUsd } from '../display-usd.ts'
import { Button } from '../ui/button.tsx'
import { ListEnd } from '../ui/list-end.tsx'
import { TimeZoneNote } from '../ui/time-zone-note.tsx'
import { useSearchParam } from '../ui/use-search-param.ts'
import { LiveSwitch } from './live-switch.tsx'
import type { RequestFacts } from './request-facts.ts'
import type { RequestsPage } from './request-rows.ts'
import { RequestSheet } from './request-sheet.tsx'
import { RequestTotals } from './request-totals.tsx'
import { RequestsTable } from './requests-table.tsx'
import { useRequestTail } from './use-request-tail.ts'

interface RequestsListProps {
  /** By the name in its URL. */
  organization: string
  /** As it came with the page. */
  first: RequestsPage
  /** Where further rows come from, with the filter. */
  rowsHref: string
  /** Where the list begins; null: this is its beginning, and new requests come in on top. */
  firstHref: string | null
  /** What the URL names beyond this page of the list; null: there is no such thing. */
  linked: RequestFacts | null
  /** Where the pages of keys are; null for who may not see them. */
  keysHref: string | null
  helpHref: string
  /** Instead of a list without rows. */
  empty: ReactNode
}

/** The list, its totals, and in the `request` parameter of the URL the one that is open. */
export function RequestsList({
  organization,
  first,
  rowsHref,
  firstHref,
  linked,
  keysHref,
  ...rest
}: RequestsListProps) {
  const t = useTranslations('requests')
  const isTail = firstHref === null
  const tail = useRequestTail({ organization, first, rowsHref, isTail })
  const { rows, totals, waiting } = tail.list
  const more = tail.list.isStale ? '+' : ''
  const [openId, setOpenId] = useSearchParam('request')
  const position = rows.findIndex(({ id }) => id === openId)
  const request = useOpened(rows[position], linked, openId)
  const listRef = useRef<HTMLDivElement>(null)
  const opener = (target: RequestFacts | undefined) => (target ? () => setOpenId(target.id) : null)
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-2">
        <RequestTotals totals={totals} />
        <div className="flex items-center gap-4">
          <TimeZoneNote />
          {isTail ? <LiveSwitch isOn={tail.isOn} onChange={tail.setOn} /> : null}
        </div>
      </div>
      <div ref={listRef} tabIndex={-1} className="relative min-w-0 outline-none">
        <div ref={tail.topRef} aria-hidden="true" className="absolute -top-6 h-6 w-px" />
        <div
          aria-live="polite"
          className="pointer-events-none sticky top-[calc(var(--topbar-height)+2.75rem)] z-20 flex h-0 justify-center"
        >
          {waiting.length > 0 ? (
            <Button
              size="sm"
              variant="primary"
              onClick={() => {
                tail.showWaiting()
                // The button goes, and the keyboard stays with the list.
                listRef.current?.focus({ preventScroll: true })
              }}
              aria-label={t('live.show', { count: waiting.length, more })}
              className="slide-in-from-top-2 fade-in-0 pointer-events-auto animate-in rounded-full shadow-md"
            >
              <ArrowUp />
              {t('live.new', { count: waiting.length, more })}
            </Button>
          ) : null}
        </div>
        {rows.length > 0 ? (
          <div className="grid grid-cols-1 gap-6">
            <RequestsTable
              requests={rows}
              count={totals.requests}
              latest={tail.list.latest}
              openId={openId}
              onOpen={setOpenId}
            />
            <ListEnd
              state={tail.state}
              count={rows.length}
              onMore={tail.loadMore}
              firstHref={firstHref}
              summary={t('summary', { count: totals.requests, cost: displayUsd(totals.costUsd) })}
            />
          </div>
        ) : (
          rest.empty
        )}
      </div>
      <RequestSheet
        isOpen={openId !== null}
        request={request}
        keyHref={keysHref && request ? `${keysHref}/${request.key.id}` : null}
        helpHref={rest.helpHref}
        onNewer={position > 0 ? opener(rows[position - 1]) : null}
        onOlder={position >= 0 ? opener(rows[position + 1]) : null}
        onClose={() => setOpenId(null)}
      />
    </>
  )
}

/** The one that is open stays open when newer ones have moved it out of the list. */
function useOpened(inList: RequestFacts | undefined, linked: RequestFacts | null, openId: string | null) {
  const [last, setLast] = useState(inList)
  if (inList && inList !== last) setLast(inList)
  return [inList, last, linked].find((request) => request?.id === openId) ?? null
}
