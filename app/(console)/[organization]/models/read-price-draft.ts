import { z } from 'zod'
import { type PriceDraft, type RatesDraft, readAbove } from '#components/prices/price-draft.ts'
import { StipendError } from '#lib/core/errors.ts'
import { type Nanos, parseUsd } from '#lib/core/money.ts'
import { parseInput } from '#lib/core/parse-input.ts'
import type { PriceInput } from '#lib/prices/price-fields.ts'

const rates = {
  input: z.string(),
  output: z.string(),
  cacheRead: z.string(),
  cacheWrite: z.string(),
  reasoning: z.string(),
}

const schema = z.strictObject({
  ...rates,
  perRequest: z.string(),
  tiers: z.array(z.strictObject({ ...rates, above: z.string() })),
}) satisfies z.ZodType<PriceDraft>

/** The price that was typed; throws `invalid_request_error` at the first field that cannot be read. */
export function readPriceDraft(form: unknown): PriceInput {
  const draft = parseInput(schema, form)
  return {
    ...readRatesDraft(draft, ''),
    perRequest: readAmount(draft.perRequest, 'perRequest') ?? 0n,
    tiers: draft.tiers.map((tier, index) => ({
      ...readRatesDraft(tier, `tiers.${index}.`),
      aboveInputTokens: readThreshold(tier.above, `tiers.${index}.above`),
    })),
  }
}

function readRatesDraft(draft: RatesDraft, place: string) {
  const needed = (field: 'input' | 'output') => {
    const nanos = readAmount(draft[field], `${place}${field}`)
    if (nanos === null) throw wrong(`${place}${field}`)
    return nanos
  }
  return {
    inputPerMtok: needed('input'),
    outputPerMtok: needed('output'),
    cacheReadPerMtok: readAmount(draft.cacheRead, `${place}cacheRead`),
    cacheWritePerMtok: readAmount(draft.cacheWrite, `${place}cacheWrite`),
    reasoningPerMtok: readAmount(draft.reasoning, `${place}reasoning`),
  }
}

/** Null where nothing was typed. */
function readAmount(text: string, param: string): Nanos | null {
  if (text.trim() === '') return null
  const nanos = parseUsd(text)
  if (nanos === null) throw wrong(param)
  return nanos
}

function readThreshold(text: string, param: string): number {
  const tokens = readAbove(text)
  if (tokens === null) throw new StipendError('invalid_request_error', 'Write a whole number of tokens.', { param })
  return tokens
}

function wrong(param: string): StipendError {
  return new StipendError('invalid_request_error', 'Write an amount in USD such as 2.50.', { param })
}
