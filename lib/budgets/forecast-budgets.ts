import { authorize, type Member } from '../auth/member.ts'
import type { Nanos } from '../core/money.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { forecastExhaustion } from './forecast-exhaustion.ts'
import { selectBudgets } from './select-budgets.ts'

const lookBackMs = 7 * 86_400_000
/** A pace of a few minutes says nothing about a month. */
const leastMs = 86_400_000

interface Recent {
  budgetId: string
  spentNanos: Nanos
  since: Date
  now: Date
}

/** By budget: when it is used up at the pace of the last seven days. Those that last are not in it. */
export async function forecastBudgets(member: Member): Promise<Map<string, Date>> {
  authorize(member, 'projects.read')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const budgets = await selectBudgets(tx, organizationId)
    const recent = await tx.$queryRaw<Recent[]>(Prisma.sql`
      SELECT b.id AS "budgetId", coalesce(sum(h.cost_nanos), 0)::bigint AS "spentNanos",
        coalesce(min(h.hour), now()) AS since, now() AS now
      FROM budgets b
      LEFT JOIN usage_hours h ON h.organization_id = b.organization_id
        AND h.hour > now() - make_interval(secs => ${lookBackMs / 1000})
        AND (b.model_id IS NULL OR h.model_id = b.model_id)
        AND b.scope_id = CASE b.scope WHEN 'organization' THEN h.organization_id WHEN 'project' THEN h.project_id
          WHEN 'member' THEN h.membership_id ELSE h.key_id END
        AND (b.tag IS NULL OR EXISTS (SELECT FROM keys k WHERE k.id = h.key_id AND b.tag = ANY (k.tags)))
      WHERE b.organization_id = ${organizationId}::uuid AND b.archived_at IS NULL
      GROUP BY b.id`)
    const paceOf = new Map(recent.map((row) => [row.budgetId, row]))
    const found = new Map<string, Date>()
    for (const { id, availableNanos, resetsAt } of budgets) {
      const pace = paceOf.get(id)
      if (!pace) continue
      const { spentNanos: recentNanos, since, now } = pace
      const recentMs = Math.max(leastMs, now.getTime() - since.getTime())
      const usedUpAt = forecastExhaustion({ availableNanos, recentNanos, recentMs, resetsAt, now })
      if (usedUpAt) found.set(id, usedUpAt)
    }
    return found
  })
}
