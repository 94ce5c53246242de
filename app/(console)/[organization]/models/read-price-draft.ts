import { z } from 'zod'
import type { PriceDraft } from '#components/prices/price-draft.ts'
import { StipendError } from '#lib/core/errors.ts'
import { type Nanos, parseUsd } from '#lib/core/money.ts'
import { parseInput } from '#lib/core/parse-input.ts'
import type { PriceInput } from '#lib/prices/price-fields.ts'

const schema = z.strictObject({
  input: z.string(),
  output: z.string(),
  cacheRead: z.string(),
  cacheWrite: z.string(),
  reasoning: z.string(),
  perRequest: z.string(),
}) satisfies z.ZodType<PriceDraft>

/** The price that was typed; throws `invalid_request_error` at the first field that is no amount. */
export function readPriceDraft(form: unknown): PriceInput {
  const draft = parseInput(schema, form)
  const amount = (field: keyof PriceDraft): Nanos => {
    const nanos = parseUsd(draft[field])
    if (nanos !== null) return nanos
    throw new StipendError('invalid_request_error', 'Write an amount in USD such as 2.50.', { param: field })
  }
  const optional = (field: keyof PriceDraft) => (draft[field].trim() === '' ? null : amount(field))
  return {
    inputPerMtok: amount('input'),
    outputPerMtok: amount('output'),
    cacheReadPerMtok: optional('cacheRead'),
    cacheWritePerMtok: optional('cacheWrite'),
    reasoningPerMtok: optional('reasoning'),
    perRequest: optional('perRequest') ?? 0n,
  }
}
