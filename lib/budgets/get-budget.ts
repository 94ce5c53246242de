import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import type { BudgetView } from './budget-view.ts'
import { viewBudget } from './view-budget.ts'

export async function getBudget(member: Member, id: string): Promise<BudgetView> {
  authorize(member, 'projects.read')
  return inTenant(member.organizationId, (tx) => viewBudget(tx, member.organizationId, id))
}
