import { z } from 'zod'

const rateSchema = z.number().int().min(1).max(1_000_000_000).nullable()

/** What each rate limit of a scope may be; null: none. */
export const limitFields = {
  requestsPerMinute: rateSchema,
  tokensPerMinute: rateSchema,
  requestsPerDay: rateSchema,
  maxParallel: z.number().int().min(1).max(100_000).nullable(),
}
