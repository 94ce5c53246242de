'use client'

import { CircleCheck, CircleX, Clock, ScrollText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Sheet, SheetContent } from '../ui/sheet.tsx'
import { Time } from '../ui/time.tsx'
import { toast } from '../ui/toast.ts'
import { useSearchParam } from '../ui/use-search-param.ts'
import type { DeliveryFacts, Resend } from './alert-facts.ts'

interface DeliveryLogProps {
  deliveries: readonly DeliveryFacts[]
  /** Null: for reading only. */
  resend: Resend | null
}

/** What was sent where, and what came of it; opens beside the page. */
export function DeliveryLog({ deliveries, resend }: DeliveryLogProps) {
  const t = useTranslations('alerts.log')
  const [open, change] = useSearchParam('log')
  return (
    <>
      <Button onClick={() => change('1')}>
        <ScrollText />
        {t('title')}
      </Button>
      <Sheet open={open !== null} onOpenChange={(shown) => !shown && change(null)}>
        <SheetContent isRead title={t('title')} description={t('description')}>
          {deliveries.length === 0 ? (
            <EmptyState size="compact" title={t('empty')} description={t('emptyHint')} />
          ) : (
            <ul aria-label={t('title')} className="grid grid-cols-1 divide-y border-y">
              {deliveries.map((delivery) => (
                <Line key={delivery.id} delivery={delivery} resend={resend} />
              ))}
            </ul>
          )}
        </SheetContent>
      </Sheet>
    </>
  )
}

const look = {
  sent: { icon: CircleCheck, className: 'text-positive-text' },
  waiting: { icon: Clock, className: 'text-muted' },
  failed: { icon: CircleX, className: 'text-danger-text' },
}

function Line({ delivery, resend }: { delivery: DeliveryFacts; resend: Resend | null }) {
  const t = useTranslations('alerts')
  const failed = useTranslations('console.failure')
  const [pending, start] = useTransition()
  const { icon: Icon, className } = look[delivery.state]
  const again = () =>
    start(async () => {
      const { failure } = await resend!(delivery.id)
      if (failure) toast.error(failureText(failed, failure))
      else toast.success(t('log.resent'))
    })
  return (
    <li className="flex items-start gap-3 py-3">
      <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${className}`} />
      <div className="grid min-w-0 flex-1 gap-1 text-sm">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="min-w-0 break-words font-medium">
            {t('log.line', { kind: t(`kinds.${delivery.alertKind}`), channel: delivery.target })}
          </span>
          <Time at={delivery.at} className="text-muted text-xs" />
        </div>
        <span className="text-muted">
          {t(`log.states.${delivery.state}`)} · {t('log.attempts', { count: delivery.attempts })}
          {delivery.nextAt ? (
            <>
              {' · '}
              {t('log.next')} <Time at={delivery.nextAt} />
            </>
          ) : null}
        </span>
        {delivery.outcome ? (
          <code className="break-all rounded-sm bg-sunken px-2 py-1 font-mono text-xs">{delivery.outcome}</code>
        ) : null}
      </div>
      {resend && delivery.state !== 'waiting' ? (
        <Button size="sm" variant="ghost" pending={pending} onClick={again}>
          {t('log.resend')}
        </Button>
      ) : null}
    </li>
  )
}
