import type { useFormatter } from 'next-intl'
import type { BucketInterval } from './spend-series.ts'

type Formatter = ReturnType<typeof useFormatter>

/** `axis` is as short as it can be; `full` leaves no doubt. */
export function bucketLabel(format: Formatter, at: string, interval: BucketInterval, length: 'axis' | 'full'): string {
  const date = new Date(at)
  if (interval === 'month') {
    return format.dateTime(date, { month: length === 'axis' ? 'short' : 'long', year: 'numeric' })
  }
  if (length === 'full') {
    return interval === 'hour'
      ? format.dateTime(date, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
      : format.dateTime(date, { weekday: 'short', month: 'short', day: 'numeric' })
  }
  return interval === 'hour'
    ? hourOf(format, at) === 0
      ? format.dateTime(date, { month: 'short', day: 'numeric' })
      : format.dateTime(date, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    : format.dateTime(date, { month: 'short', day: 'numeric' })
}

/** 0 to 23, in the time zone of the page. */
export function hourOf(format: Formatter, at: string): number {
  return Number.parseInt(format.dateTime(new Date(at), { hour: '2-digit', hourCycle: 'h23' }), 10)
}
