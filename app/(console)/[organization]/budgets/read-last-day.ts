import { z } from 'zod'
import { StipendError } from '#lib/core/errors.ts'
import { shiftDate } from '#lib/core/shift-date.ts'
import { startOfDate } from '#lib/core/start-of-date.ts'

/** The moment at which a day ends in a time zone. */
export function readLastDay(date: unknown, timeZone: string): Date {
  const day = z.iso.date().safeParse(date)
  if (!day.success) throw new StipendError('invalid_request_error', 'Choose a date.', { param: 'until' })
  return startOfDate(shiftDate(day.data, 1), timeZone)
}
