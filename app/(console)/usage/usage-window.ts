import type { BucketInterval } from '#components/charts/spend-series.ts'
import type { Range } from '#components/ui/ranges.ts'
import { localDateOf } from '#lib/core/local-date-of.ts'
import { shiftDate } from '#lib/core/shift-date.ts'
import { startOfDate } from '#lib/core/start-of-date.ts'

/** The time that a page looks at, cut into the bars of its chart. */
export interface UsageWindow {
  from: Date
  to: Date
  interval: BucketInterval
  /** The start of every bar, oldest first. */
  starts: Date[]
  timeZone: string
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const daysOf: Record<Exclude<Range, '24h'>, number> = { '7d': 7, '30d': 30, '90d': 90 }

/** A day is shown by the hour and ends with this one; longer ranges are whole days and end with today. */
export function usageWindow(range: Range, timeZone: string, now = new Date()): UsageWindow {
  if (range === '24h') {
    const lastMs = now.getTime() - (now.getTime() % hourMs)
    const from = new Date(lastMs - 23 * hourMs)
    // Rollups are by the hour of UTC; where clocks differ from it by half hours, the local hour began that much earlier.
    const shiftMs = minuteOf(from, timeZone) * minuteMs
    const starts = Array.from({ length: 24 }, (_, hour) => new Date(from.getTime() + hour * hourMs - shiftMs))
    return { from, to: now, interval: 'hour', starts, timeZone }
  }
  const today = localDateOf(now, timeZone)
  const starts = Array.from({ length: daysOf[range] }, (_, day) =>
    startOfDate(shiftDate(today, day + 1 - daysOf[range]), timeZone),
  )
  return { from: starts[0]!, to: now, interval: 'day', starts, timeZone }
}

function minuteOf(moment: Date, timeZone: string): number {
  return Number(new Intl.DateTimeFormat('en-US', { timeZone, minute: 'numeric' }).format(moment))
}
