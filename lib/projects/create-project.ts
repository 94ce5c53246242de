import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { capsSchema } from '../budgets/budget-fields.ts'
import { replaceCaps } from '../budgets/replace-caps.ts'
import { nameSchema } from '../core/fields.ts'
import { newId } from '../core/ids.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { refuseTakenName } from '../db/refuse-taken-name.ts'
import { limitFields } from '../limits/limit-fields.ts'
import { modelListSchema } from '../models/model-list-schema.ts'
import { resolveModelNames } from '../models/resolve-model-names.ts'
import { type ProjectView, viewProjects } from './project-view.ts'

const schema = z.strictObject({
  name: nameSchema,
  models: modelListSchema.default(null),
  budgets: capsSchema.default([]),
  ...z.object(limitFields).partial().shape,
})

export type CreateProjectInput = z.input<typeof schema>

export async function createProject(member: Member, input: CreateProjectInput): Promise<ProjectView> {
  authorize(member, 'projects.change')
  const { name, models, budgets, ...limits } = parseInput(schema, input)
  if (budgets.length) authorize(member, 'budgets.change')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const allowedModelIds = await resolveModelNames(tx, organizationId, models ?? [])
    const row = await tx.project
      .create({ data: { ...limits, id: newId(), organizationId, name, allModels: models === null, allowedModelIds } })
      .catch(refuseTakenName)
    await replaceCaps(tx, member, 'project', row.id, budgets)
    const [view] = await viewProjects(tx, organizationId, [row])
    await recordAudit(tx, member, { action: 'project.create', targetId: row.id, target: name, after: view! })
    return view!
  })
}
