import type { Prisma } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'

interface Selection {
  /** Sees `k` (keys), `p` (projects) and `u` (users), as in `selectKeys`. */
  where: Prisma.Sql
  /** Sees `row`, but of its columns only what the keys themselves say: "id", "name" and "createdAt". */
  having: Prisma.Sql
  orderBy: Prisma.Sql
  limit: number
}

/** Which keys a page is of, without reading what any of them has spent. */
export async function selectKeyIds(
  tx: Transaction,
  organizationId: string,
  { where, having, orderBy, limit }: Selection,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT row.id FROM (
      SELECT k.id, k.name, k.created_at AS "createdAt"
      FROM keys k
      JOIN projects p ON p.id = k.project_id
      LEFT JOIN memberships s ON s.id = k.membership_id
      LEFT JOIN users u ON u.id = s.user_id
      WHERE k.organization_id = ${organizationId}::uuid AND ${where}
    ) row
    WHERE ${having}
    ORDER BY ${orderBy}
    LIMIT ${limit}`
  return rows.map(({ id }) => id)
}
