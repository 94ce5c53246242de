import type { Member } from '../auth/member.ts'
import { newId } from '../core/ids.ts'
import type { Price } from '../core/price.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { type PriceView, storeAmounts, viewOfPrice } from './price-view.ts'

interface NewPrice extends Omit<Price, 'id'> {
  modelId: string
  deploymentId: string | null
  source: 'catalogue' | 'override'
  effectiveFrom: Date
  /** Of a price that only re-rated requests are charged by. */
  reRatingId?: string
}

/** Adds a version; rows are never changed. For operations that have authorised and that audit. */
export async function insertPrice(tx: Transaction, member: Member, price: NewPrice): Promise<PriceView> {
  const { organizationId, userId } = member
  const row = await tx.price.create({
    data: {
      ...price,
      tiers: storeAmounts(price.tiers),
      units: storeAmounts(price.units ?? []),
      id: newId(),
      organizationId,
      createdBy: userId,
    },
  })
  return viewOfPrice(row)
}
