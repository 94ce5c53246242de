import { z } from 'zod'
import { parseUsd } from '../core/money.ts'
import { periods } from '../core/period.ts'

const usdText = { pattern: '^\\d{1,9}(\\.\\d{1,9})?$', description: 'USD, decimal', example: '12.50' }

/** An amount that is sent: a decimal string, or a JSON number, which is read by its digits. */
export const usdInput = z
  .union([z.string(), z.number()], 'Write an amount in USD as a decimal string such as "12.50"')
  .transform((value, context) => {
    const nanos = parseUsd(String(value))
    if (nanos !== null) return nanos
    context.addIssue('Write an amount in USD as a decimal string of 0 or more with up to nine places, such as "12.50"')
    return z.NEVER
  })
  .meta({ type: 'string', ...usdText })

export const usdInputOrNull = usdInput.nullable().meta({ type: ['string', 'null'], ...usdText })

/** An amount that is answered. */
export const usd = z.string().meta({ description: 'USD, decimal and exact', example: '12.5' })

export const id = z.string().meta({ format: 'uuid' })

export const time = z.string().meta({ format: 'date-time' })

/** A time that is sent: ISO 8601 with an offset, or a day, which begins in UTC. */
export const timeInput = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'Write a time such as 2026-01-31T12:00:00Z')
  .transform((text) => new Date(text))
  .meta({ type: 'string', format: 'date-time' })

export const timeInputOrNull = timeInput.nullable().meta({ type: ['string', 'null'], format: 'date-time' })

/** A whole number in a query string. */
const count = z
  .string()
  .regex(/^\d{1,9}$/, 'Write a whole number')
  .transform(Number)
  .meta({ type: 'integer' })

/** The caps in a body. */
export const capsInput = z
  .array(z.strictObject({ limit_usd: usdInput, period: z.enum(periods) }))
  .meta({ description: 'At most one a period' })

export const pageQuery = { limit: count.optional(), cursor: z.string().optional() }

export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({ data: z.array(row), next_cursor: z.string().nullable() })
}

/** What removing answers. */
export const removed = z.object({ id, deleted: z.literal(true) }).meta({ id: 'Removed' })
