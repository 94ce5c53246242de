'use client'

import { ChevronDown, ChevronUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { KeyboardEvent } from 'react'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Sheet, SheetContent } from '../ui/sheet.tsx'
import { RequestDetails } from './request-details.tsx'
import type { RequestFacts } from './request-facts.ts'
import { RequestStatus } from './request-status.tsx'

interface RequestSheetProps {
  isOpen: boolean
  /** Null: what the URL names cannot be found. */
  request: RequestFacts | null
  keyHref: string | null
  /** Where each refusal is explained. */
  helpHref: string
  /** Opens the neighbour in the list; null at its ends. */
  onNewer: (() => void) | null
  onOlder: (() => void) | null
  onClose: () => void
}

/** One request beside the list; arrow keys go to its neighbours. */
export function RequestSheet({ isOpen, request, keyHref, helpHref, onNewer, onOlder, onClose }: RequestSheetProps) {
  const t = useTranslations('requests.detail')
  const onKeyDown = (event: KeyboardEvent) => {
    const go =
      event.key === 'ArrowUp' || event.key === 'k'
        ? onNewer
        : event.key === 'ArrowDown' || event.key === 'j'
          ? onOlder
          : null
    if (!go || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    go()
  }
  return (
    <Sheet open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <SheetContent
        isRead
        onKeyDown={onKeyDown}
        title={
          request ? (
            <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="break-all">{request.model || t('title')}</span>
              <RequestStatus status={request.status} errorCode={null} className="font-normal text-sm" />
            </span>
          ) : (
            t('title')
          )
        }
        footer={
          <div className="mr-auto flex gap-2">
            <Button disabled={!onNewer} onClick={onNewer ?? undefined}>
              <ChevronUp />
              {t('previous')}
            </Button>
            <Button disabled={!onOlder} onClick={onOlder ?? undefined}>
              <ChevronDown />
              {t('next')}
            </Button>
          </div>
        }
      >
        {request ? (
          <RequestDetails request={request} keyHref={keyHref} helpHref={helpHref} />
        ) : (
          <EmptyState size="compact" title={t('gone')} />
        )}
      </SheetContent>
    </Sheet>
  )
}
