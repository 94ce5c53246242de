import { z } from 'zod'
import { nanosSchema } from '../core/fields.ts'

/** What people write to say why: a few lines, or nothing. */
export const noteSchema = z
  .string()
  .trim()
  .max(500, 'Say it in 500 characters')
  .regex(/^[^\p{Cc}]*$/u, 'Write plain text on one line')

export const raiseFields = {
  amountNanos: nanosSchema.min(1n, 'A raise is more than 0'),
  /** It ends then, by the clock of the database. */
  until: z.date(),
  reason: noteSchema.default(''),
}
