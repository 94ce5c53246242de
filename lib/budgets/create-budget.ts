import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { modelNameSchema, nanosSchema, tagSchema } from '../core/fields.ts'
import { idSchema, newId } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { parseInput } from '../core/parse-input.ts'
import { type BudgetScope, budgetScopes, periods } from '../core/period.ts'
import { inTenant, type Transaction } from '../db/in-tenant.ts'
import { resolveModelNames } from '../models/resolve-model-names.ts'
import { authorizeScope } from './authorize-scope.ts'
import { warnPercentsSchema } from './budget-fields.ts'
import type { BudgetView } from './budget-view.ts'
import { holdReservations } from './hold-reservations.ts'
import { viewBudget } from './view-budget.ts'

const schema = z.strictObject({
  scope: z.enum(budgetScopes),
  /** Missing: the organization itself. */
  scopeId: z.string().optional(),
  model: modelNameSchema.nullable().default(null),
  tag: tagSchema.nullable().default(null),
  period: z.enum(periods),
  limitNanos: nanosSchema,
  warnPercents: warnPercentsSchema.optional(),
})

export type CreateBudgetInput = z.input<typeof schema>

/** Counts at once what its scope has already spent in the period and has in flight; of a tag, what its keys have. */
export async function createBudget(member: Member, input: CreateBudgetInput): Promise<BudgetView> {
  authorize(member, 'budgets.change')
  const { scope, scopeId = member.organizationId, model, ...fields } = parseInput(schema, input)
  authorizeScope(member, scope)
  const { organizationId, userId } = member
  return inTenant(organizationId, async (tx) => {
    // Two at once for the same scope go one after the other.
    await tx.$queryRaw`SELECT FROM organizations WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`
    if (!(await isLiveScope(tx, organizationId, scope, scopeId))) throw notFound(scope, 'scopeId')
    const [modelId = null] = await resolveModelNames(tx, organizationId, model === null ? [] : [model], 'model')
    const same = { organizationId, scope, scopeId, modelId, tag: fields.tag, period: fields.period, archivedAt: null }
    if (await tx.budget.findFirst({ where: same })) {
      throw new StipendError('conflict', 'There is such a budget already. Change its limit instead.', {
        param: 'period',
      })
    }
    const id = newId()
    await holdReservations(tx, organizationId)
    await tx.budget.create({ data: { ...fields, id, organizationId, scope, scopeId, modelId, createdBy: userId } })
    const view = await viewBudget(tx, organizationId, id)
    await recordAudit(tx, member, { action: 'budget.create', targetId: id, target: view.scopeName, after: view })
    return view
  })
}

async function isLiveScope(tx: Transaction, organizationId: string, scope: BudgetScope, id: string): Promise<boolean> {
  if (!idSchema.safeParse(id).success) return false
  const where = { id, organizationId }
  switch (scope) {
    case 'organization':
      return id === organizationId
    case 'project':
      return (await tx.project.count({ where: { ...where, archivedAt: null } })) > 0
    case 'member':
      return (await tx.membership.count({ where: { ...where, removedAt: null } })) > 0
    case 'key':
      return (await tx.key.count({ where: { ...where, revokedAt: null } })) > 0
  }
}
