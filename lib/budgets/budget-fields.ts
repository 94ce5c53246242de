import { z } from 'zod'
import { nanosSchema } from '../core/fields.ts'
import { periods } from '../core/period.ts'

const caps = z.array(z.strictObject({ period: z.enum(periods), limitNanos: nanosSchema })).max(periods.length)

/** The caps of one scope, at most one a period. Null or an empty list: no cap of its own. */
export const capsSchema = caps
  .refine((list) => new Set(list.map((cap) => cap.period)).size === list.length, 'Give one budget a period at most')
  .nullable()
  .transform((list) => list ?? [])

export type Cap = z.output<typeof capsSchema>[number]
