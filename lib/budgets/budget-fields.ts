import { z } from 'zod'
import { nanosSchema } from '../core/fields.ts'
import { periods } from '../core/period.ts'

const caps = z.array(z.strictObject({ period: z.enum(periods), limitNanos: nanosSchema })).max(periods.length)

const mostWarnings = 8

/** At which percentages of a limit to warn; an empty list: never. */
export const warnPercentsSchema = z
  .array(z.int('Write whole percentages').min(1).max(100))
  .max(mostWarnings)
  .transform((percents) => [...new Set(percents)].sort((a, b) => a - b))

/** The caps of one scope, at most one a period. Null or an empty list: no cap of its own. */
export const capsSchema = caps
  .refine((list) => new Set(list.map((cap) => cap.period)).size === list.length, 'Give one budget a period at most')
  .nullable()
  .transform((list) => list ?? [])

export type Cap = z.output<typeof capsSchema>[number]
