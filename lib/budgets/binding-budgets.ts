import { Prisma } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import type { BudgetView } from './budget-view.ts'
import { selectBudgets } from './select-budgets.ts'

/** Every budget that binds a key: first the one that can pay for the least; those of a single model last. */
export async function bindingBudgets(tx: Transaction, organizationId: string, keyId: string): Promise<BudgetView[]> {
  const budgets = await selectBudgets(
    tx,
    organizationId,
    Prisma.sql`EXISTS (
      SELECT FROM keys held
      WHERE held.id = ${keyId}::uuid AND b.scope_id IN (held.id, held.project_id, held.membership_id, held.organization_id)
        AND (b.tag IS NULL OR b.tag = ANY (held.tags)))`,
  )
  return budgets.toSorted(
    (a, b) =>
      Number(a.model !== null) - Number(b.model !== null) ||
      Number(a.availableNanos - b.availableNanos) ||
      (b.scope === 'key' ? 1 : 0) - (a.scope === 'key' ? 1 : 0),
  )
}
