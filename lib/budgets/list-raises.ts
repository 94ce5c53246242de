import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import type { RaiseView } from './raise-view.ts'
import { selectRaises } from './select-raises.ts'
import { viewBudget } from './view-budget.ts'

const schema = z.strictObject({ budgetId: z.string().optional() })

export type ListRaisesInput = z.input<typeof schema>

const mostShown = 500

/** Temporary raises, the newest first; those that are over stay as history. */
export async function listRaises(member: Member, input: ListRaisesInput = {}): Promise<RaiseView[]> {
  authorize(member, 'projects.read')
  const { budgetId } = parseInput(schema, input)
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    if (budgetId === undefined) return selectRaises(tx, organizationId, Prisma.sql`true`, mostShown)
    const { id } = await viewBudget(tx, organizationId, budgetId)
    return selectRaises(tx, organizationId, Prisma.sql`r.budget_id = ${id}::uuid`, mostShown)
  })
}
