import { z } from 'zod'
import { nanosSchema } from '../core/fields.ts'

const rates = {
  inputPerMtok: nanosSchema,
  outputPerMtok: nanosSchema,
  cacheReadPerMtok: nanosSchema.nullable().default(null),
  cacheWritePerMtok: nanosSchema.nullable().default(null),
  reasoningPerMtok: nanosSchema.nullable().default(null),
}

const tierSchema = z.strictObject({ aboveInputTokens: z.number().int().min(1).max(1_000_000_000), ...rates })

/** A price that a person sets. */
export const priceSchema = z.strictObject({
  ...rates,
  perRequest: nanosSchema.default(0n),
  tiers: z
    .array(tierSchema)
    .max(10)
    .default([])
    .transform((tiers) => tiers.toSorted((a, b) => a.aboveInputTokens - b.aboveInputTokens)),
})

export type PriceInput = z.input<typeof priceSchema>
