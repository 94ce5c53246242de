'use client'

import { useTranslations } from 'next-intl'
import { Duration } from './duration.tsx'
import type { RequestFacts } from './request-facts.ts'
import { RequestStatus } from './request-status.tsx'

/** Every upstream call, in order; with none, why. */
export function RequestAttempts({ request }: { request: RequestFacts }) {
  const t = useTranslations('requests.detail')
  if (request.attempts.length === 0) {
    return <p className="text-muted text-sm">{request.providerName ? t('attemptsUnknown') : t('noAttempts')}</p>
  }
  return (
    <ol className="grid gap-3 text-sm">
      {request.attempts.map((attempt, index) => (
        <li
          key={index}
          className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 border-line-strong border-l-2 pl-3"
        >
          <span className="truncate">
            <span className="text-muted">{t('attempt', { number: index + 1 })}</span> {attempt.provider}
          </span>
          <span className="text-muted tabular-nums">
            <Duration ms={attempt.latencyMs} />
          </span>
          <span className="col-span-2 min-w-0 break-words text-xs">
            {attempt.status === null ? (
              <span className="text-danger-text">{attempt.error ?? t('noAnswer')}</span>
            ) : (
              <>
                <RequestStatus status={attempt.status} errorCode={null} />
                {attempt.error ? <span className="ml-2 text-muted">{attempt.error}</span> : null}
              </>
            )}
          </span>
        </li>
      ))}
    </ol>
  )
}
