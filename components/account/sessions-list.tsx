'use client'

import { Monitor, Smartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import type { ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Time } from '../ui/time.tsx'
import { toast } from '../ui/toast.ts'
import { browserName } from './browser-name.ts'

interface SessionFacts {
  id: string
  userAgent: string | null
  /** ISO 8601. */
  since: string
  /** Of the browser that looks. */
  isHere: boolean
}

interface SessionsListProps {
  sessions: readonly SessionFacts[]
  /** One, or with null all but this. */
  end: (id: string | null) => Promise<ActionResult<null>>
}

/** More of them push everything else on the page out of sight. */
const shownAtFirst = 3

export function SessionsList({ sessions, end }: SessionsListProps) {
  const t = useTranslations('account.sessions')
  const failed = useTranslations('console.failure')
  const [isAll, setAll] = useState(false)
  const [pending, start] = useTransition()
  const ask = (id: string | null) =>
    start(async () => {
      const { failure } = await end(id)
      if (failure) toast.error(failureText(failed, failure))
      else toast.success(t('ended'))
    })
  // The one that looks comes first.
  const ordered = sessions.toSorted((a, b) => Number(b.isHere) - Number(a.isHere))
  const shown = isAll ? ordered : ordered.slice(0, shownAtFirst)
  return (
    <div className="grid grid-cols-1 gap-4">
      <ul className="grid grid-cols-1 divide-y divide-line border-line border-y">
        {shown.map((session) => (
          <li key={session.id} className="flex min-w-0 items-center gap-3 py-3">
            <span aria-hidden="true" className="text-muted [&_svg]:size-4">
              {/mobile/i.test(session.userAgent ?? '') ? <Smartphone /> : <Monitor />}
            </span>
            <div className="grid min-w-0 flex-1">
              <span className="flex min-w-0 items-center gap-2">
                <span className="truncate font-medium text-sm" title={session.userAgent ?? undefined}>
                  {browserName(session.userAgent) ?? t('unknown')}
                </span>
                {session.isHere ? <Badge>{t('here')}</Badge> : null}
              </span>
              <span className="text-muted text-xs">
                {t('since')} <Time at={session.since} />
              </span>
            </div>
            {session.isHere ? null : (
              <Button size="sm" disabled={pending} onClick={() => ask(session.id)}>
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <div className="flex flex-wrap gap-2">
          <Button disabled={pending} onClick={() => ask(null)}>
            {t('endOthers')}
          </Button>
          {shown.length < sessions.length ? (
            <Button variant="ghost" onClick={() => setAll(true)}>
              {t('showAll', { count: sessions.length })}
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
