import { StipendError } from '../core/errors.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import type { Project } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { resolveModelNames } from '../models/resolve-model-names.ts'

/** The live project for a key, held until the transaction ends so that it cannot be removed meanwhile. */
export async function holdProject(tx: Transaction, organizationId: string, id: string): Promise<Project> {
  if (!idSchema.safeParse(id).success) throw notFound('project', 'projectId')
  await tx.$queryRaw`SELECT FROM projects WHERE id = ${id}::uuid FOR SHARE`
  const row = await tx.project.findFirst({ where: { id, organizationId, archivedAt: null } })
  if (!row) throw notFound('project', 'projectId')
  return row
}

/** The membership of the person with this e-mail address; throws `invalid_request_error` when there is none. */
export async function resolveMemberEmail(tx: Transaction, organizationId: string, email: string): Promise<string> {
  const membership = await tx.membership.findFirst({
    where: { organizationId, removedAt: null, user: { email: email.toLowerCase() } },
  })
  if (membership) return membership.id
  throw new StipendError('invalid_request_error', `${email} is not a member of this organization. Add them first.`, {
    param: 'memberEmail',
  })
}

/** The columns for a list of models, none of which the project may forbid. */
export async function resolveAllowedModels(
  tx: Transaction,
  organizationId: string,
  project: Project,
  models: string[] | null,
): Promise<{ allModels: boolean; allowedModelIds: string[] }> {
  const allowedModelIds = await resolveModelNames(tx, organizationId, models ?? [])
  const foreign = project.allModels ? -1 : allowedModelIds.findIndex((id) => !project.allowedModelIds.includes(id))
  if (foreign >= 0) {
    throw new StipendError(
      'invalid_request_error',
      `The project ${project.name} does not allow ${models?.[foreign]}. Allow it there first.`,
      { param: `models.${foreign}` },
    )
  }
  return { allModels: models === null, allowedModelIds }
}
