import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { capsSchema } from '../budgets/budget-fields.ts'
import { holdReservations } from '../budgets/hold-reservations.ts'
import { replaceCaps } from '../budgets/replace-caps.ts'
import { nameSchema } from '../core/fields.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { refuseTakenName } from '../db/refuse-taken-name.ts'
import { limitFields } from '../limits/limit-fields.ts'
import { modelListSchema } from '../models/model-list-schema.ts'
import { resolveModelNames } from '../models/resolve-model-names.ts'
import { getProjectRow } from './get-project-row.ts'
import { type ProjectView, viewProjects } from './project-view.ts'

const schema = z.strictObject({
  name: nameSchema.optional(),
  models: modelListSchema.optional(),
  /** All of its plain budgets as they shall be from now on. */
  budgets: capsSchema.optional(),
  ...z.object(limitFields).partial().shape,
})

export type ChangeProjectInput = z.input<typeof schema>

export async function changeProject(member: Member, id: string, input: ChangeProjectInput): Promise<ProjectView> {
  authorize(member, 'projects.change')
  const { name, models, budgets, ...limits } = parseInput(schema, input)
  if (budgets) authorize(member, 'budgets.change')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const row = await getProjectRow(tx, organizationId, id)
    const [before] = await viewProjects(tx, organizationId, [row])
    const changed = await tx.project
      .update({
        where: { id: row.id, organizationId },
        data: {
          ...limits,
          ...(name !== undefined && { name }),
          ...(models !== undefined && {
            allModels: models === null,
            allowedModelIds: await resolveModelNames(tx, organizationId, models ?? []),
          }),
        },
      })
      .catch(refuseTakenName)
    if (budgets) {
      await holdReservations(tx, organizationId)
      await replaceCaps(tx, member, 'project', row.id, budgets)
    }
    const [after] = await viewProjects(tx, organizationId, [changed])
    await recordAudit(tx, member, {
      action: 'project.change',
      targetId: row.id,
      target: changed.name,
      before: before!,
      after: after!,
    })
    return after!
  })
}
