import type { Prisma } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import type { RaiseView } from './raise-view.ts'

/** Raises, the newest first. `where` sees r (budget_raises). */
export async function selectRaises(
  tx: Transaction,
  organizationId: string,
  where: Prisma.Sql,
  limit = 100,
): Promise<RaiseView[]> {
  return tx.$queryRaw<RaiseView[]>`
    SELECT r.id, r.budget_id AS "budgetId", r.amount_nanos AS "amountNanos", r.until, r.reason,
      CASE WHEN r.ended_at IS NULL AND r.until > now() THEN 'running' ELSE 'over' END AS status,
      r.created_at AS "createdAt", coalesce(u.name, r.actor) AS "givenBy", r.ended_at AS "endedAt"
    FROM budget_raises r LEFT JOIN users u ON u.id = r.created_by
    WHERE r.organization_id = ${organizationId}::uuid AND ${where}
    ORDER BY r.created_at DESC, r.id DESC
    LIMIT ${limit}`
}
