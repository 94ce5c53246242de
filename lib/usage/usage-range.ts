import { z } from 'zod'
import { StipendError } from '../core/errors.ts'

const defaultDays = 30
const msPerHour = 3_600_000
const msPerDay = 24 * msPerHour

/** A time span of whole hours: `from` is cut to its hour, `to` is not included. */
export const usageRangeFields = { from: z.date().optional(), to: z.date().optional() }

/** Missing ends: up to now, and 30 days of it. */
export function resolveRange({ from, to = new Date() }: { from?: Date | undefined; to?: Date | undefined }): {
  from: Date
  to: Date
} {
  const begin = from ?? new Date(to.getTime() - defaultDays * msPerDay)
  if (begin < to) return { from: new Date(begin.getTime() - (begin.getTime() % msPerHour)), to }
  throw new StipendError('invalid_request_error', 'The span must begin before it ends.', { param: 'from' })
}
