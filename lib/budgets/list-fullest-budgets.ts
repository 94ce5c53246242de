import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import type { BudgetView } from './budget-view.ts'
import { selectBudgets } from './select-budgets.ts'

const schema = z.strictObject({ limit: z.int().min(1).max(50) })

export type ListFullestBudgetsInput = z.input<typeof schema>

/** The live budgets of which the largest part is used or promised, that first. One of 0 is full. */
export async function listFullestBudgets(member: Member, input: ListFullestBudgetsInput): Promise<BudgetView[]> {
  authorize(member, 'projects.read')
  const { limit } = parseInput(schema, input)
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT b.id FROM budgets b JOIN organizations o ON o.id = b.organization_id
      LEFT JOIN budget_counters n ON n.budget_id = b.id AND n.period_start = period_start_of(b.period, o.time_zone)
      WHERE b.organization_id = ${organizationId}::uuid AND b.archived_at IS NULL
      ORDER BY coalesce(n.spent_nanos + n.reserved_nanos, 0)::numeric / nullif(b.limit_nanos, 0) DESC NULLS FIRST,
        b.scope, b.created_at, b.id
      LIMIT ${limit}`
    const ids = rows.map(({ id }) => id)
    const budgets = await selectBudgets(tx, organizationId, Prisma.sql`b.id = ANY (${ids}::uuid[])`)
    return budgets.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
  })
}
