import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { readClock } from '../db/read-clock.ts'
import { authorizeScope } from './authorize-scope.ts'
import type { RaiseView } from './raise-view.ts'
import { selectBudgets } from './select-budgets.ts'
import { selectRaises } from './select-raises.ts'

/** Ends a raise ahead of its time. What is reserved of it is still settled. */
export async function endRaise(member: Member, id: string): Promise<RaiseView> {
  authorize(member, 'budgets.change')
  const { organizationId, actor } = member
  return inTenant(organizationId, async (tx) => {
    const byId = Prisma.sql`r.id = ${id}::uuid`
    const [before] = idSchema.safeParse(id).success ? await selectRaises(tx, organizationId, byId) : []
    const [budget] = before ? await selectBudgets(tx, organizationId, Prisma.sql`b.id = ${before.budgetId}::uuid`) : []
    if (!before || !budget) throw notFound('raise')
    authorizeScope(member, budget.scope)
    const { count } = await tx.budgetRaise.updateMany({
      where: { id, organizationId, endedAt: null, until: { gt: await readClock(tx) } },
      data: { endedAt: await readClock(tx), endedBy: actor },
    })
    if (count === 0) throw new StipendError('conflict', 'This raise is over already.')
    const [after] = await selectRaises(tx, organizationId, byId)
    await recordAudit(tx, member, {
      action: 'budget.end_raise',
      targetId: budget.id,
      target: budget.scopeName,
      before,
      after: after!,
    })
    return after!
  })
}
