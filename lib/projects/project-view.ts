import type { BudgetView } from '../budgets/budget-view.ts'
import { selectBudgets } from '../budgets/select-budgets.ts'
import type { Nanos } from '../core/money.ts'
import { Prisma, type Project } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { nameModels } from '../models/name-models.ts'
import { usageRows } from '../usage/usage-rows.ts'

export interface ProjectView {
  id: string
  name: string
  /** Names of the models that its keys may call; null: all. */
  models: string[] | null
  /** Keys that are not revoked. */
  keyCount: number
  spentNanos: Nanos
  /** Rate limits of all its keys together; null: none. */
  requestsPerMinute: number | null
  tokensPerMinute: number | null
  requestsPerDay: number | null
  maxParallel: number | null
  budgets: BudgetView[]
  createdAt: Date
}

/** Reads what belongs to each of these projects. */
export async function viewProjects(tx: Transaction, organizationId: string, rows: Project[]): Promise<ProjectView[]> {
  const projectIds = rows.map((row) => row.id)
  const names = await nameModels(tx, organizationId)
  const budgets = await selectBudgets(tx, organizationId, Prisma.sql`b.scope_id = ANY (${projectIds}::uuid[])`)
  const keys = await tx.key.groupBy({
    by: ['projectId'],
    where: { organizationId, projectId: { in: projectIds }, revokedAt: null },
    _count: true,
  })
  const spend = await tx.$queryRaw<{ projectId: string; spentNanos: Nanos }[]>`
    SELECT project_id AS "projectId", sum(cost_nanos)::bigint AS "spentNanos"
    FROM ${usageRows({
      organizationId,
      from: null,
      to: null,
      detail: 'project',
      where: Prisma.sql`t.project_id = ANY (${projectIds}::uuid[])`,
      columns: Prisma.sql`t.project_id, t.cost_nanos`,
    })}
    GROUP BY project_id`
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    models: row.allModels ? null : row.allowedModelIds.flatMap((id) => names.get(id) ?? []),
    keyCount: keys.find((group) => group.projectId === row.id)?._count ?? 0,
    spentNanos: spend.find((group) => group.projectId === row.id)?.spentNanos ?? 0n,
    requestsPerMinute: row.requestsPerMinute,
    tokensPerMinute: row.tokensPerMinute,
    requestsPerDay: row.requestsPerDay,
    maxParallel: row.maxParallel,
    budgets: budgets.filter((budget) => budget.scopeId === row.id),
    createdAt: row.createdAt,
  }))
}
