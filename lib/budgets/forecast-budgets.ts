import { authorize, type Member } from '../auth/member.ts'
import type { Nanos } from '../core/money.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { usageRows } from '../usage/usage-rows.ts'
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
      WITH spent AS (
        SELECT organization_id, project_id, membership_id, key_id, sum(cost_nanos) AS cost, min(hour) AS since,
          -- Models are told apart only where a budget does.
          CASE WHEN model_id = ANY (ARRAY(
            SELECT model_id FROM budgets WHERE organization_id = ${organizationId}::uuid AND archived_at IS NULL AND model_id IS NOT NULL
          )) THEN model_id END AS model_id
        FROM ${usageRows({ organizationId, from: new Date(Date.now() - lookBackMs), to: null, detail: 'all' })}
        GROUP BY organization_id, project_id, membership_id, key_id, 7
      )
      SELECT b.id AS "budgetId", coalesce(sum(s.cost), 0)::bigint AS "spentNanos",
        coalesce(min(s.since), now()) AS since, now() AS now
      FROM budgets b
      LEFT JOIN (
        SELECT spent.*, of.scope, of.scope_id FROM spent CROSS JOIN LATERAL (
          VALUES ('organization'::budget_scope, organization_id), ('project', project_id), ('member', membership_id), ('key', key_id)
        ) AS of (scope, scope_id)
      ) s ON s.scope = b.scope AND s.scope_id = b.scope_id
        AND (b.model_id IS NULL OR s.model_id = b.model_id)
        AND (b.tag IS NULL OR EXISTS (SELECT FROM keys k WHERE k.id = s.key_id AND b.tag = ANY (k.tags)))
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
