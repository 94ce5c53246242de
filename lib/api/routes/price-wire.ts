import { z } from 'zod'
import { unitKinds } from '../../core/units.ts'
import { id, time, usd, usdInput, usdInputOrNull } from '../wire-fields.ts'

const perMtok = usd.meta({ description: 'USD per million tokens', example: '2.5' })

const rates = {
  input_per_mtok: perMtok,
  output_per_mtok: perMtok,
  cache_read_per_mtok: perMtok.nullable(),
  cache_write_per_mtok: perMtok.nullable(),
  reasoning_per_mtok: perMtok.nullable(),
}

/** One version of a price, as it is answered. */
export const price = z
  .object({
    id,
    model_id: id,
    deployment_id: id.nullable(),
    source: z.enum(['catalogue', 'override']),
    ...rates,
    per_request_usd: usd,
    tiers: z.array(z.object({ above_input_tokens: z.int(), ...rates })),
    units: z
      .array(z.object({ kind: z.enum(unitKinds), price_usd: usd, per: z.int() }))
      .meta({ description: 'What is not paid by tokens of text: so many of a kind cost so much' }),
    effective_from: time,
    created_at: time,
  })
  .meta({ id: 'Price' })

const ratesInput = {
  input_per_mtok: usdInput,
  output_per_mtok: usdInput,
  cache_read_per_mtok: usdInputOrNull.optional(),
  cache_write_per_mtok: usdInputOrNull.optional(),
  reasoning_per_mtok: usdInputOrNull.optional(),
}

/** A price, as it is sent. */
export const priceInput = {
  ...ratesInput,
  per_request_usd: usdInput.optional(),
  tiers: z.array(z.strictObject({ above_input_tokens: z.int(), ...ratesInput })).optional(),
  units: z.array(z.strictObject({ kind: z.enum(unitKinds), price_usd: usdInput, per: z.int() })).optional(),
}
