import type { Transaction } from '../db/in-tenant.ts'

/**
 * A budget of one model means its name: those of a removed model go on with the one that comes back under it, and with
 * what they have counted. `modelId`: the new one, of which nothing is in flight yet.
 */
export async function rebindBudgets(
  tx: Transaction,
  organizationId: string,
  name: string,
  modelId: string,
): Promise<void> {
  const removed = await tx.model.findMany({
    where: { organizationId, name, archivedAt: { not: null } },
    select: { id: true },
  })
  await tx.budget.updateMany({
    where: { organizationId, archivedAt: null, modelId: { in: removed.map(({ id }) => id) } },
    data: { modelId },
  })
}
