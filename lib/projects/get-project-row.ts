import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import type { Project } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'

/** The live project of this organization; throws `not_found`. `param` names the field of a body that held the id. */
export async function getProjectRow(
  tx: Transaction,
  organizationId: string,
  id: string,
  param?: string,
): Promise<Project> {
  const row = idSchema.safeParse(id).success
    ? await tx.project.findFirst({ where: { id, organizationId, archivedAt: null } })
    : null
  if (!row) throw notFound('project', param)
  return row
}
