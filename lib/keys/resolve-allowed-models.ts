import { StipendError } from '../core/errors.ts'
import type { Project } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { resolveModelNames } from '../models/resolve-model-names.ts'

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
