import { Prisma } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { availableNanos, budgetStanding } from './budget-standing.ts'
import type { BudgetView } from './budget-view.ts'

/**
 * Reads budgets with where they stand. `where` sees b (budgets).
 */
export async function selectBudgets(
  tx: Transaction,
  organizationId: string,
  where: Prisma.Sql = Prisma.sql`true`,
): Promise<BudgetView[]> {
  return tx.$queryRaw<BudgetView[]>`
    SELECT b.id, b.scope::text AS scope, b.scope_id AS "scopeId",
      coalesce(p.name, k.name, u.name, o.name) AS "scopeName",
      m.name AS model, b.tag, b.period::text AS period, b.limit_nanos AS "limitNanos",
      raised.limit_nanos - b.limit_nanos AS "raisedNanos", raised.until AS "raisedUntil",
      coalesce(n.spent_nanos, 0) AS "spentNanos", coalesce(n.reserved_nanos, 0) AS "reservedNanos",
      ${availableNanos} AS "availableNanos",
      period_end_of(b.period, o.time_zone) AS "resetsAt", b.warn_percents AS "warnPercents",
      b.created_at AS "createdAt"
    FROM budgets b
    JOIN organizations o ON o.id = b.organization_id
    ${budgetStanding}
    LEFT JOIN models m ON m.id = b.model_id
    LEFT JOIN projects p ON b.scope = 'project' AND p.id = b.scope_id
    LEFT JOIN keys k ON b.scope = 'key' AND k.id = b.scope_id
    LEFT JOIN memberships s ON b.scope = 'member' AND s.id = b.scope_id
    LEFT JOIN users u ON u.id = s.user_id
    WHERE b.organization_id = ${organizationId}::uuid AND b.archived_at IS NULL AND ${where}
    ORDER BY b.scope, "scopeName", b.period, b.created_at, b.id`
}
