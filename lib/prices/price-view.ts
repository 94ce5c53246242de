import type { Nanos } from '../core/money.ts'
import type { PriceTier } from '../core/price.ts'
import type { Price as PriceRow, Prisma } from '../db/generated/client.ts'

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
  effectiveFrom: Date
  createdAt: Date
}

export function viewOfPrice(row: PriceRow): PriceView {
  const { organizationId: _, createdBy: __, tiers, ...rest } = row
  return { ...rest, tiers: (tiers as unknown as StoredTier[]).map(readTier) }
}

/** JSON has no bigint: amounts are kept as decimal strings of nano-dollars. */
type StoredTier = { [Field in keyof PriceTier]: Field extends 'aboveInputTokens' ? number : string | null }

export function storeTiers(tiers: PriceTier[]): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(tiers, (_, value) => (typeof value === 'bigint' ? value.toString() : value)))
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
