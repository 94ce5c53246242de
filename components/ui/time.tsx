'use client'

import { useFormatter, useNow, useTimeZone, useTranslations } from 'next-intl'
import { cn } from './cn.ts'

export interface TimeProps {
  /** ISO 8601; null reads "Never". */
  at: string | null
  /** `relative`: "3 minutes ago". `date` and `datetime`: in the time zone of the provider. */
  format?: 'relative' | 'date' | 'datetime'
  className?: string
}

const refreshMs = 30_000
const minuteMs = 60_000

/** A moment. Its title is exact, with the time zone. */
export function Time({ at, format = 'relative', className }: TimeProps) {
  const t = useTranslations('ui.time')
  const formatter = useFormatter()
  const timeZone = useTimeZone()
  const now = useNow({ updateInterval: refreshMs })
  if (at === null) return <span className={cn('text-muted', className)}>{t('never')}</span>
  const date = new Date(at)
  const exact = formatter.dateTime(date, { dateStyle: 'medium', timeStyle: 'medium' })
  const text =
    format === 'relative'
      ? formatter.relativeTime(date, isJustNow(date, now) ? date : now)
      : format === 'date'
        ? formatter.dateTime(date, { dateStyle: 'medium' })
        : formatter.dateTime(date, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <time
      dateTime={at}
      title={`${exact} ${timeZone ?? ''}`.trim()}
      className={cn('whitespace-nowrap tabular-nums', className)}
    >
      {text}
    </time>
  )
}

/** Within a minute is now: seconds would differ between rows whose clocks were read at different times. */
function isJustNow(date: Date, now: Date): boolean {
  return Math.abs(date.getTime() - now.getTime()) < minuteMs
}
