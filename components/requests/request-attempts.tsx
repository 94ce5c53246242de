'use client'

import { useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import { cn } from '../ui/cn.ts'
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
            {attempt.takeOver ? <span className="ml-1.5 font-mono text-muted text-xs">{attempt.takeOver}</span> : null}
          </span>
          <span className="text-muted tabular-nums">
            <Duration ms={attempt.latencyMs} />
          </span>
          {attempt.startedMs === null ? null : (
            <span
              aria-hidden="true"
              className="relative col-span-2 my-0.5 h-1.5 overflow-hidden rounded-full bg-selected"
            >
              <span
                className={cn('absolute inset-y-0 rounded-full', attempt.error ? 'bg-danger' : 'bg-accent')}
                style={spanOf(attempt.startedMs, attempt.latencyMs, request.latencyMs)}
              />
            </span>
          )}
          <span className="col-span-2 min-w-0 break-words text-xs">
            {attempt.status === null ? (
              <span className="text-danger-text">{attempt.error ?? t('noAnswer')}</span>
            ) : (
              <>
                <RequestStatus status={attempt.status} errorCode={null} />
                {attempt.error ? <span className="ml-2 text-muted">{attempt.error}</span> : null}
              </>
            )}
            {attempt.keptUsd ? (
              <span className="block text-warning-text">
                {t('lostCost')} <Money usd={attempt.keptUsd} />
              </span>
            ) : null}
          </span>
        </li>
      ))}
    </ol>
  )
}

/** When a call began and for how long it lasted, of the whole request; never too short to be seen. */
function spanOf(startedMs: number, latencyMs: number, wholeMs: number): { left: string; width: string } {
  const whole = Math.max(1, wholeMs, startedMs + latencyMs)
  const width = Math.max(1, (latencyMs / whole) * 100)
  return { left: `${Math.min(100 - width, (startedMs / whole) * 100)}%`, width: `${width}%` }
}
