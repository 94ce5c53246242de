import { Prisma } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { usageRows } from '../usage/usage-rows.ts'

interface Selection {
  /** Sees `k` (keys), `p` (projects) and `u` (users), as in `selectKeys`. */
  where: Prisma.Sql
  /** Sees `row`, but of its columns only "id", "name" and "createdAt". */
  having: Prisma.Sql
  orderBy: Prisma.Sql
  limit: number
  /** `row` has "spentNanos" too. */
  isOfSpend: boolean
}

/** Which keys a page is of, without all that is reckoned of each. */
export async function selectKeyIds(
  tx: Transaction,
  organizationId: string,
  { where, having, orderBy, limit, isOfSpend }: Selection,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT row.id FROM (
      SELECT k.id, k.name, k.created_at AS "createdAt"
        ${isOfSpend ? Prisma.sql`, coalesce(spend.nanos, 0) AS "spentNanos"` : Prisma.empty}
      FROM keys k
      JOIN projects p ON p.id = k.project_id
      LEFT JOIN memberships s ON s.id = k.membership_id
      LEFT JOIN users u ON u.id = s.user_id
      ${
        isOfSpend
          ? Prisma.sql`LEFT JOIN (
              SELECT key_id, sum(cost_nanos)::bigint AS nanos
              FROM ${usageRows({ organizationId, from: null, to: null, detail: 'key', columns: Prisma.sql`t.key_id, t.cost_nanos` })} GROUP BY key_id
            ) spend ON spend.key_id = k.id`
          : Prisma.empty
      }
      WHERE k.organization_id = ${organizationId}::uuid AND ${where}
    ) row
    WHERE ${having}
    ORDER BY ${orderBy}
    LIMIT ${limit}`
  return rows.map(({ id }) => id)
}
