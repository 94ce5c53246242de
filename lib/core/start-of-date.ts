import { localDateOf } from './local-date-of.ts'

const msPerMinute = 60_000
/** Zones lie up to 14 hours ahead of UTC and 12 behind it. */
const furthestMs = 15 * 60 * msPerMinute

/** The first moment of a calendar day in a time zone; where clocks skip midnight, the moment after the gap. */
export function startOfDate(date: string, timeZone: string): Date {
  const midnightMs = Date.parse(`${date}T00:00:00Z`)
  let before = midnightMs - furthestMs
  let within = midnightMs + furthestMs
  // Local days never run backwards, so their border can be closed in on. It lies on a whole minute.
  while (within - before > msPerMinute) {
    const middle = before + Math.floor((within - before) / 2 / msPerMinute) * msPerMinute
    if (localDateOf(new Date(middle), timeZone) < date) before = middle
    else within = middle
  }
  return new Date(within)
}
