import type { Transaction } from '../db/in-tenant.ts'

/** Names of live models by id; ids of removed ones are missing from it. */
export async function nameModels(tx: Transaction, organizationId: string): Promise<Map<string, string>> {
  const rows = await tx.model.findMany({
    where: { organizationId, archivedAt: null },
    select: { id: true, name: true },
  })
  return new Map(rows.map((row) => [row.id, row.name]))
}
