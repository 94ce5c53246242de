import { z } from 'zod'
import { nanosSchema } from '../core/fields.ts'
import { unitKinds } from '../core/units.ts'

const rates = {
  inputPerMtok: nanosSchema,
  outputPerMtok: nanosSchema,
  cacheReadPerMtok: nanosSchema.nullable().default(null),
  cacheWritePerMtok: nanosSchema.nullable().default(null),
  reasoningPerMtok: nanosSchema.nullable().default(null),
}

const tierSchema = z.strictObject({ aboveInputTokens: z.number().int().min(1).max(1_000_000_000), ...rates })

const unitSchema = z.strictObject({
  kind: z.enum(unitKinds),
  priceNanos: nanosSchema,
  per: z.number().int().min(1).max(1_000_000),
})

export const unitsSchema = z
  .array(unitSchema)
  .refine((units) => new Set(units.map(({ kind }) => kind)).size === units.length, 'Give each kind one price')

/** A price that a person sets. */
export const priceSchema = z.strictObject({
  ...rates,
  perRequest: nanosSchema.default(0n),
  tiers: z
    .array(tierSchema)
    .max(10)
    .default([])
    .transform((tiers) => tiers.toSorted((a, b) => a.aboveInputTokens - b.aboveInputTokens)),
  units: unitsSchema.default([]),
})

export type PriceInput = z.input<typeof priceSchema>
