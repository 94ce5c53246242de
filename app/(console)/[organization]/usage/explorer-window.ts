import type { UsageQuery } from '#components/usage/usage-view.ts'
import { localDateOf } from '#lib/core/local-date-of.ts'
import { shiftDate } from '#lib/core/shift-date.ts'
import { startOfDate } from '#lib/core/start-of-date.ts'
import { type UsageWindow, usageWindow } from '../../usage/usage-window.ts'

export interface ExplorerWindow extends UsageWindow {
  /** How far back the time lies that it is compared with. */
  previousMs: number
}

const dayMs = 86_400_000
const hourMs = 3_600_000
const daysOfRange = { '7d': 7, '30d': 30, '90d': 90 }
/** Beyond that a chart by the hour has more bars than pixels, and a year is enough to look at. */
const mostHourlyDays = 14
const mostDays = 731

/** The time that the explorer looks at. An interval too small for it gives way to the day. */
export function explorerWindow(query: UsageQuery, timeZone: string, now = new Date()): ExplorerWindow {
  if (query.range === '24h') return { ...usageWindow('24h', timeZone, now), previousMs: dayMs }
  const today = localDateOf(now, timeZone)
  const [first, last] = datesOf(query, today)
  const days = Math.round((Date.parse(last) - Date.parse(first)) / dayMs) + 1
  const from = startOfDate(first, timeZone)
  const end = startOfDate(shiftDate(last, 1), timeZone)
  const to = end < now ? end : now
  const interval = query.interval === 'hour' && days > mostHourlyDays ? 'day' : query.interval
  const starts: Date[] = []
  if (interval === 'hour') {
    for (let atMs = from.getTime(); atMs < to.getTime(); atMs += hourMs) starts.push(new Date(atMs))
  } else {
    for (let date = beginOf(first, interval); date <= last; date = nextOf(date, interval)) {
      starts.push(startOfDate(date, timeZone))
    }
  }
  return { from, to, interval, starts, timeZone, previousMs: days * dayMs }
}

/** The first and the last calendar day, both included. */
function datesOf(query: UsageQuery, today: string): [first: string, last: string] {
  const month = `${today.slice(0, 7)}-01`
  switch (query.range) {
    case 'month':
      return [month, today]
    case 'lastMonth':
      return [`${shiftDate(month, -1).slice(0, 7)}-01`, shiftDate(month, -1)]
    case 'year':
      return [`${today.slice(0, 4)}-01-01`, today]
    case 'custom': {
      // As text, calendar days sort by time.
      const last = [query.to ?? today, today].sort()[0]!
      const first = [query.from ?? last, last].sort()[0]!
      return [[first, shiftDate(last, 1 - mostDays)].sort()[1]!, last]
    }
    case '24h':
      return [today, today]
    default:
      return [shiftDate(today, 1 - daysOfRange[query.range]), today]
  }
}

function beginOf(date: string, interval: 'day' | 'week' | 'month'): string {
  if (interval === 'month') return `${date.slice(0, 7)}-01`
  // Weeks begin on Monday, as the database cuts them.
  return interval === 'week' ? shiftDate(date, -((new Date(date).getUTCDay() + 6) % 7)) : date
}

function nextOf(date: string, interval: 'day' | 'week' | 'month'): string {
  if (interval === 'month') return `${shiftDate(`${date.slice(0, 7)}-28`, 4).slice(0, 7)}-01`
  return shiftDate(date, interval === 'week' ? 7 : 1)
}
