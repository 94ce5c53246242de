import type { Prisma } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import type { AskView } from './ask-view.ts'

/** What is open first, then the newest. `where` sees a (budget_asks). */
export async function selectAsks(
  tx: Transaction,
  organizationId: string,
  where: Prisma.Sql,
  limit = 1,
): Promise<AskView[]> {
  return tx.$queryRaw<AskView[]>`
    SELECT a.id, a.key_id AS "keyId", k.name AS "keyName", k.project_id AS "projectId", p.name AS "projectName",
      a.membership_id AS "membershipId", u.name AS "memberName", a.amount_nanos AS "amountNanos", a.purpose, a.status,
      a.created_at AS "createdAt", a.decided_at AS "decidedAt", coalesce(d.name, a.actor) AS "decidedBy", a.note,
      a.budget_id AS "budgetId", a.granted_nanos AS "grantedNanos", a.until
    FROM budget_asks a
    JOIN keys k ON k.id = a.key_id
    JOIN projects p ON p.id = k.project_id
    LEFT JOIN memberships s ON s.id = a.membership_id
    LEFT JOIN users u ON u.id = s.user_id
    LEFT JOIN users d ON d.id = a.decided_by
    WHERE a.organization_id = ${organizationId}::uuid AND ${where}
    ORDER BY a.status = 'open' DESC, a.created_at DESC, a.id
    LIMIT ${limit}`
}
