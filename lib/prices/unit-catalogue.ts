import type { Price } from '../core/price.ts'
import type { UnitPrice } from '../core/units.ts'

interface Row {
  vendors: readonly string[]
  models: RegExp
  /** Empty: the vendor takes nothing for it. */
  units: UnitPrice[]
}

const openAi = ['openai', 'azure'] as const

/**
 * List prices of models that are not paid by the token and that the price catalogue leaves out. Where a vendor has
 * several (by size, by quality) the dearest stands: an estimate must not be too low, and an owner may set another.
 * They come from no machine-readable source: compare them with the vendors' price pages before you rely on them.
 */
const rows: readonly Row[] = [
  { vendors: openAi, models: /^tts-1-hd(-|$)/, units: [{ kind: 'character', priceNanos: usd(30), per: 1_000_000 }] },
  { vendors: openAi, models: /^tts-1(-|$)/, units: [{ kind: 'character', priceNanos: usd(15), per: 1_000_000 }] },
  // Wide and in high quality.
  { vendors: openAi, models: /^dall-e-3$/, units: [{ kind: 'image', priceNanos: usd(12), per: 100 }] },
  { vendors: openAi, models: /^dall-e-2$/, units: [{ kind: 'image', priceNanos: usd(2), per: 100 }] },
  { vendors: openAi, models: /^(omni|text)-moderation-/, units: [] },
  { vendors: ['cohere'], models: /^rerank-/, units: [{ kind: 'search', priceNanos: usd(2), per: 1000 }] },
]

/** The list price of a model that is paid by the unit; null when it is not one of these. */
export function findUnitPrice(vendorId: string, upstreamModel: string): Omit<Price, 'id'> | null {
  const row = rows.find(({ vendors, models }) => vendors.includes(vendorId) && models.test(upstreamModel))
  return row ? { ...free, units: row.units } : null
}

const free: Omit<Price, 'id' | 'units'> = {
  inputPerMtok: 0n,
  outputPerMtok: 0n,
  cacheReadPerMtok: null,
  cacheWritePerMtok: null,
  reasoningPerMtok: null,
  perRequest: 0n,
  tiers: [],
}

function usd(dollars: number): bigint {
  return BigInt(dollars) * 1_000_000_000n
}
