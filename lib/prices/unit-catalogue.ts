import type { Price } from '../core/price.ts'
import type { UnitPrice } from '../core/units.ts'

interface Row {
  vendors: readonly string[]
  models: RegExp
  /** Empty: the vendor takes nothing for it, or tokens alone. */
  units: UnitPrice[]
  /** Where the input is paid by its tokens. */
  inputPerMtok?: bigint
}

const openAi = ['openai', 'azure'] as const

/**
 * List prices of models that are not paid by the token and that the price catalogue leaves out. Where a vendor has
 * several (by size, by quality) the dearest stands: an estimate must not be too low, and an owner may set another.
 * They come from no machine-readable source, so each row says where it was read; November 2026.
 */
const rows: readonly Row[] = [
  // https://developers.openai.com/api/docs/models/tts-1-hd and tts-1.
  { vendors: openAi, models: /^tts-1-hd(-|$)/, units: [{ kind: 'character', priceNanos: usd(30), per: 1_000_000 }] },
  { vendors: openAi, models: /^tts-1(-|$)/, units: [{ kind: 'character', priceNanos: usd(15), per: 1_000_000 }] },
  // Wide and in high quality, and the largest: OpenAI's price page of 2023, which stood until it withdrew both in 2026.
  // Accounts of Azure may have them still.
  { vendors: openAi, models: /^dall-e-3$/, units: [{ kind: 'image', priceNanos: usd(12), per: 100 }] },
  { vendors: openAi, models: /^dall-e-2$/, units: [{ kind: 'image', priceNanos: usd(2), per: 100 }] },
  // https://developers.openai.com/api/docs/models/omni-moderation-latest: free.
  { vendors: openAi, models: /^(omni|text)-moderation-/, units: [] },
  // Cohere's price page has searches no more; https://developer.puter.com/tutorials/cohere-api-pricing/ had read there $2
  // a thousand, and $2.50 with the fourth's better model. Cohere says of a search: a question with up to 100 documents.
  { vendors: ['cohere'], models: /^rerank-v4\.0-pro$/, units: [{ kind: 'search', priceNanos: usd(5), per: 2000 }] },
  { vendors: ['cohere'], models: /^rerank-(?!v[5-9])/, units: [{ kind: 'search', priceNanos: usd(2), per: 1000 }] },
  // The fifth is paid by tokens: https://openrouter.ai/models/cohere/rerank-5-fast-20261028 and
  // https://www.getmaxim.ai/bifrost/llm-cost-calculator/provider/cohere/model/rerank-v5.0-pro.
  { vendors: ['cohere'], models: /^rerank-v5\.0-fast$/, units: [], inputPerMtok: usd(2) / 100n },
  { vendors: ['cohere'], models: /^rerank-v5\.0-pro$/, units: [], inputPerMtok: usd(5) / 100n },
]

/** The list price of a model that is paid by the unit; null when it is not one of these. */
export function findUnitPrice(vendorId: string, upstreamModel: string): Omit<Price, 'id'> | null {
  const row = rows.find(({ vendors, models }) => vendors.includes(vendorId) && models.test(upstreamModel))
  if (!row) return null
  const { units, inputPerMtok = 0n } = row
  return { ...free, inputPerMtok, units }
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
