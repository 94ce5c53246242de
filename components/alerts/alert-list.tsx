'use client'

import { Check } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Time } from '../ui/time.tsx'
import { toast } from '../ui/toast.ts'
import type { Acknowledge, AlertFacts } from './alert-facts.ts'
import { AlertMark } from './alert-mark.tsx'

interface AlertListProps {
  label: string
  alerts: readonly AlertFacts[]
  /** Null: for reading only. */
  acknowledge: Acknowledge | null
  /** `brief`: the titles alone, where they stand beside other things. */
  detail?: 'brief' | 'full'
}

/** What people were told, the newest first. */
export function AlertList({ label, alerts, acknowledge, detail = 'full' }: AlertListProps) {
  return (
    <ul aria-label={label} className="grid grid-cols-1 divide-y border-y">
      {alerts.map((alert) => (
        <li key={alert.id} className="flex items-start gap-3 py-3">
          <AlertMark alert={alert} />
          <div className="grid min-w-0 flex-1 gap-1">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <p className="min-w-0 break-words font-medium text-sm">
                {alert.href ? (
                  <Link href={alert.href} className="rounded-sm underline-offset-4 hover:underline">
                    {alert.title}
                  </Link>
                ) : (
                  alert.title
                )}
              </p>
              <Time at={alert.at} className="text-muted text-xs" />
            </div>
            {detail === 'full' ? (
              <p className="max-w-3xl break-words text-muted text-sm">{alert.lines.join(' ')}</p>
            ) : null}
          </div>
          {alert.isOpen && acknowledge ? <AcknowledgeButton alert={alert} acknowledge={acknowledge} /> : null}
        </li>
      ))}
    </ul>
  )
}

function AcknowledgeButton({ alert, acknowledge }: { alert: AlertFacts; acknowledge: Acknowledge }) {
  const t = useTranslations('alerts.list')
  const failed = useTranslations('console.failure')
  const [pending, start] = useTransition()
  const onClick = () =>
    start(async () => {
      const { failure } = await acknowledge(alert.id)
      if (failure) toast.error(failureText(failed, failure))
    })
  return (
    <Button
      size="icon-sm"
      variant="ghost"
      pending={pending}
      onClick={onClick}
      title={t('acknowledge')}
      aria-label={t('acknowledgeLabel', { title: alert.title })}
    >
      <Check />
    </Button>
  )
}
