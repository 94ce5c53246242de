import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { nanosSchema } from '../core/fields.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { authorizeScope } from './authorize-scope.ts'
import { warnPercentsSchema } from './budget-fields.ts'
import type { BudgetView } from './budget-view.ts'
import { viewBudget } from './view-budget.ts'

const schema = z.strictObject({ limitNanos: nanosSchema, warnPercents: warnPercentsSchema }).partial()

export type ChangeBudgetInput = z.input<typeof schema>

/** In force for the next request. What is spent stays spent, also when the new limit lies below it. */
export async function changeBudget(member: Member, id: string, input: ChangeBudgetInput): Promise<BudgetView> {
  authorize(member, 'budgets.change')
  const data = parseInput(schema, input)
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const before = await viewBudget(tx, organizationId, id)
    authorizeScope(member, before.scope)
    await tx.budget.update({ where: { id: before.id, organizationId }, data })
    const after = await viewBudget(tx, organizationId, id)
    await recordAudit(tx, member, {
      action: 'budget.change',
      targetId: before.id,
      target: before.scopeName,
      before,
      after,
    })
    return after
  })
}
