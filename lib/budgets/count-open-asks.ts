import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'

/** How many wait for somebody to decide. */
export async function countOpenAsks(member: Member): Promise<number> {
  authorize(member, 'budgets.change')
  const { organizationId } = member
  return inTenant(organizationId, (tx) => tx.budgetAsk.count({ where: { organizationId, status: 'open' } }))
}
