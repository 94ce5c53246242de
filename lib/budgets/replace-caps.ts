import type { Member } from '../auth/member.ts'
import { newId } from '../core/ids.ts'
import type { BudgetScope } from '../core/period.ts'
import type { Transaction } from '../db/in-tenant.ts'
import type { Cap } from './budget-fields.ts'

/**
 * Makes `caps` the plain budgets of a scope: a period that stays keeps its budget and what is spent of it. Budgets of a
 * single model or tag are left alone. For the operations that own a scope; the caller has authorised and audits.
 */
export async function replaceCaps(
  tx: Transaction,
  member: Member,
  scope: BudgetScope,
  scopeId: string,
  caps: Cap[],
): Promise<void> {
  const { organizationId, userId } = member
  const current = await tx.budget.findMany({
    where: { organizationId, scope, scopeId, modelId: null, tag: null, archivedAt: null },
  })
  // New ones lock what is in flight, others lock counters; closings lock in this order too.
  for (const cap of caps.filter(({ period }) => !current.some((budget) => budget.period === period))) {
    await tx.budget.create({ data: { ...cap, id: newId(), organizationId, scope, scopeId, createdBy: userId } })
  }
  for (const budget of current) {
    const cap = caps.find(({ period }) => period === budget.period)
    if (cap?.limitNanos === budget.limitNanos) continue
    const data = cap ? { limitNanos: cap.limitNanos } : { archivedAt: new Date() }
    await tx.budget.update({ where: { id: budget.id, organizationId }, data })
  }
}
