import type { Price as PriceRow } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { priceInForce } from './price-in-force.ts'

/** The version that a deployment, or a model's deployments without one of their own, are charged by at a moment. */
export async function rowInForce(
  tx: Transaction,
  organizationId: string,
  modelId: string,
  deploymentId: string | null,
  at: Date,
): Promise<PriceRow | null> {
  const versions = await tx.price.findMany({ where: { organizationId, modelId, reRatingId: null } })
  return priceInForce(versions, deploymentId, at)
}
