import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import type { BudgetView } from './budget-view.ts'
import { selectBudgets } from './select-budgets.ts'

interface TreeKey {
  id: string
  name: string
  projectId: string
  membershipId: string | null
  memberName: string | null
  tags: string[]
}

/** Every live budget, and what the budgets hang on. */
export interface BudgetTree {
  budgets: BudgetView[]
  projects: { id: string; name: string }[]
  /** Keys that are not revoked, by name. */
  keys: TreeKey[]
}

const mostKeys = 2000

export async function getBudgetTree(member: Member): Promise<BudgetTree> {
  authorize(member, 'projects.read')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => ({
    budgets: await selectBudgets(tx, organizationId),
    projects: await tx.project.findMany({
      where: { organizationId, archivedAt: null },
      select: { id: true, name: true },
      orderBy: { name: 'asc' },
    }),
    keys: await tx.$queryRaw<TreeKey[]>`
      SELECT k.id, k.name, k.project_id AS "projectId", k.membership_id AS "membershipId", u.name AS "memberName", k.tags
      FROM keys k LEFT JOIN memberships s ON s.id = k.membership_id LEFT JOIN users u ON u.id = s.user_id
      WHERE k.organization_id = ${organizationId}::uuid AND k.revoked_at IS NULL
      ORDER BY u.name NULLS LAST, k.name, k.id
      LIMIT ${mostKeys}`,
  }))
}
