'use client'

import { useFormatter, useTimeZone } from 'next-intl'

interface LogTimeProps {
  /** ISO 8601. */
  at: string
  /** `line`: short enough for a line of a log; `full`: with the year and the time zone. */
  format?: 'line' | 'full'
}

/** A moment to the second. */
export function LogTime({ at, format: length = 'line' }: LogTimeProps) {
  const format = useFormatter()
  const timeZone = useTimeZone()
  const date = new Date(at)
  const full = `${format.dateTime(date, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' })} ${timeZone ?? ''}`
  if (length === 'full') return <time dateTime={at}>{full}</time>
  return (
    <time dateTime={at} title={full}>
      {format.dateTime(date, {
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        hourCycle: 'h23',
      })}
    </time>
  )
}
