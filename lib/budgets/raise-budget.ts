import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { authorizeScope } from './authorize-scope.ts'
import { insertRaise } from './insert-raise.ts'
import { raiseFields } from './raise-fields.ts'
import type { RaiseView } from './raise-view.ts'
import { viewBudget } from './view-budget.ts'

const schema = z.strictObject(raiseFields)

export type RaiseBudgetInput = z.input<typeof schema>

/** More for a while: in force for the next request, and over at `until` without anybody doing anything. */
export async function raiseBudget(member: Member, budgetId: string, input: RaiseBudgetInput): Promise<RaiseView> {
  authorize(member, 'budgets.change')
  const raise = parseInput(schema, input)
  return inTenant(member.organizationId, async (tx) => {
    const budget = await viewBudget(tx, member.organizationId, budgetId)
    authorizeScope(member, budget.scope)
    return insertRaise(tx, member, budget, raise)
  })
}
