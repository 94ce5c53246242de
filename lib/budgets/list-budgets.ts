import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { budgetScopes } from '../core/period.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import type { BudgetView } from './budget-view.ts'
import { selectBudgets } from './select-budgets.ts'

const schema = z.strictObject({ scope: z.enum(budgetScopes).optional(), scopeId: z.uuid().optional() })

export type ListBudgetsInput = z.input<typeof schema>

/** The live budgets with where they stand, the organization's first. */
export async function listBudgets(member: Member, input: ListBudgetsInput = {}): Promise<BudgetView[]> {
  authorize(member, 'projects.read')
  const { scope, scopeId } = parseInput(schema, input)
  const ofScope = scope ? Prisma.sql`b.scope = ${scope}::budget_scope` : Prisma.sql`true`
  const ofOne = scopeId ? Prisma.sql`b.scope_id = ${scopeId}::uuid` : Prisma.sql`true`
  const { organizationId } = member
  return inTenant(organizationId, (tx) => selectBudgets(tx, organizationId, Prisma.sql`${ofScope} AND ${ofOne}`))
}
