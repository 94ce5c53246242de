import { z } from 'zod'
import { nanosSchema, noteSchema } from '../core/fields.ts'

export const raiseFields = {
  amountNanos: nanosSchema.min(1n, 'A raise is more than 0'),
  /** It ends then, by the clock of the database. */
  until: z.date(),
  reason: noteSchema.default(''),
}
