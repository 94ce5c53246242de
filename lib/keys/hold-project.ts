import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import type { Project } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'

/** The live project for a key, held until the transaction ends so that it cannot be removed meanwhile. */
export async function holdProject(tx: Transaction, organizationId: string, id: string): Promise<Project> {
  if (!idSchema.safeParse(id).success) throw notFound('project', 'projectId')
  await tx.$queryRaw`SELECT FROM projects WHERE id = ${id}::uuid FOR SHARE`
  const row = await tx.project.findFirst({ where: { id, organizationId, archivedAt: null } })
  if (!row) throw notFound('project', 'projectId')
  return row
}
