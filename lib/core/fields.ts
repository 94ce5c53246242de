import { z } from 'zod'
import { maxNanos } from './money.ts'

/** A name that people give: one line, no control characters. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'A name is needed')
  .max(100, 'A name has at most 100 characters')
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, 'A name is one line of printable characters')
  .meta({ pattern: '^[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]*$' })

/** A model's name as a caller writes it into a request. */
export const modelNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}$/,
    'A model name has up to 200 letters, digits and . _ : / @ + -, and begins with a letter or digit',
  )

/** An amount of 0 or more. */
export const nanosSchema = z.bigint().min(0n, 'An amount is 0 or more').max(maxNanos, 'This amount is too large')

/** A word that groups keys, for example "course-101". */
export const tagSchema = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._:/-]{0,63}$/u, 'A tag has up to 64 letters, digits and . _ : / -')
  .meta({ pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N}._:/-]{0,63}$' })

/** What people write to say why: a few lines, or nothing. */
export const noteSchema = z
  .string()
  .trim()
  .max(500, 'Say it in 500 characters')
  .regex(/^[^\p{Cc}]*$/u, 'Write plain text on one line')

export const timeZoneSchema = z.string().refine(isTimeZone, 'Use a time zone name such as Asia/Shanghai or UTC')

function isTimeZone(name: string): boolean {
  return name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name)
}
