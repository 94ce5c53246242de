import type { UnitPrice } from '../core/units.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { readUnits } from './read-units.ts'
import { rowInForce } from './row-in-force.ts'

interface Target {
  modelId: string
  deploymentId: string | null
  to: Date
}

/** What pictures and sound cost at the end of a span: a price that speaks of tokens only leaves that as it is. */
export async function unitsInForce(
  tx: Transaction,
  organizationId: string,
  { modelId, deploymentId, to }: Target,
): Promise<UnitPrice[]> {
  const row = await rowInForce(tx, organizationId, modelId, deploymentId, to)
  return row ? readUnits(row.units) : []
}
