import { z } from 'zod'
import type { PriceFacts } from '#components/prices/price-facts.ts'
import { StipendError } from '#lib/core/errors.ts'
import { type Nanos, parseUsd } from '#lib/core/money.ts'
import { parseInput } from '#lib/core/parse-input.ts'
import type { PriceInput } from '#lib/prices/price-fields.ts'

const schema = z.array(
  z.strictObject({
    aboveInputTokens: z.number(),
    inputUsd: z.string(),
    outputUsd: z.string(),
    cacheReadUsd: z.string().nullable(),
    cacheWriteUsd: z.string().nullable(),
    reasoningUsd: z.string().nullable(),
  }),
) satisfies z.ZodType<PriceFacts['tiers']>

/** Tiers as the page showed them; throws `invalid_request_error` at what is no amount. */
export function readTiers(form: unknown): NonNullable<PriceInput['tiers']> {
  const optional = (usd: string | null) => (usd === null ? null : amountOf(usd))
  return parseInput(schema, form).map((tier) => ({
    aboveInputTokens: tier.aboveInputTokens,
    inputPerMtok: amountOf(tier.inputUsd),
    outputPerMtok: amountOf(tier.outputUsd),
    cacheReadPerMtok: optional(tier.cacheReadUsd),
    cacheWritePerMtok: optional(tier.cacheWriteUsd),
    reasoningPerMtok: optional(tier.reasoningUsd),
  }))
}

function amountOf(usd: string): Nanos {
  const nanos = parseUsd(usd)
  if (nanos === null) throw new StipendError('invalid_request_error', 'A tier has no amount.', { param: 'tiers' })
  return nanos
}
