import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { authorizeScope } from './authorize-scope.ts'
import { viewBudget } from './view-budget.ts'

/** It binds nobody any more; what it counted stays on the books. */
export async function archiveBudget(member: Member, id: string): Promise<void> {
  authorize(member, 'budgets.change')
  const { organizationId } = member
  await inTenant(organizationId, async (tx) => {
    const before = await viewBudget(tx, organizationId, id)
    authorizeScope(member, before.scope)
    await tx.budget.update({ where: { id: before.id, organizationId }, data: { archivedAt: new Date() } })
    await recordAudit(tx, member, {
      action: 'budget.archive',
      targetId: before.id,
      target: before.scopeName,
      before,
    })
  })
}
