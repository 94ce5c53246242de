import type { Nanos } from '../core/money.ts'
import type { PriceTier } from '../core/price.ts'
import type { UnitPrice } from '../core/units.ts'
import type { Price as PriceRow, Prisma } from '../db/generated/client.ts'
import { readUnits } from './read-units.ts'

/** One version of a price. */
export interface PriceView {
  id: string
  modelId: string
  /** Null: of every deployment of the model that has no price of its own. */
  deploymentId: string | null
  source: 'catalogue' | 'override'
  inputPerMtok: Nanos
  outputPerMtok: Nanos
  cacheReadPerMtok: Nanos | null
  cacheWritePerMtok: Nanos | null
  reasoningPerMtok: Nanos | null
  perRequest: Nanos
  tiers: PriceTier[]
  units: UnitPrice[]
  effectiveFrom: Date
  createdAt: Date
}

export function viewOfPrice(row: PriceRow): PriceView {
  const { organizationId: _, createdBy: __, reRatingId: ___, tiers, units, ...rest } = row
  return { ...rest, tiers: (tiers as unknown as StoredTier[]).map(readTier), units: readUnits(units) }
}

/** JSON has no bigint: amounts are kept as decimal strings of nano-dollars. */
type StoredTier = { [Field in keyof PriceTier]: Field extends 'aboveInputTokens' ? number : string | null }

export function storeAmounts(list: PriceTier[] | UnitPrice[]): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(list, (_, value) => (typeof value === 'bigint' ? value.toString() : value)))
}

function readTier(tier: StoredTier): PriceTier {
  const optional = (text: string | null) => (text === null ? null : BigInt(text))
  return {
    aboveInputTokens: tier.aboveInputTokens,
    inputPerMtok: BigInt(tier.inputPerMtok ?? 0),
    outputPerMtok: BigInt(tier.outputPerMtok ?? 0),
    cacheReadPerMtok: optional(tier.cacheReadPerMtok),
    cacheWritePerMtok: optional(tier.cacheWritePerMtok),
    reasoningPerMtok: optional(tier.reasoningPerMtok),
  }
}
