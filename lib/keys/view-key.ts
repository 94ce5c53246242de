import { selectBudgets } from '../budgets/select-budgets.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { Prisma } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import type { KeyView } from './key-view.ts'
import { selectKeys } from './select-keys.ts'

/** The key with its budgets; throws `not_found`. With `membershipId`, only if it is that member's own. */
export async function viewKey(
  tx: Transaction,
  organizationId: string,
  id: string,
  membershipId?: string | null,
): Promise<KeyView> {
  if (!idSchema.safeParse(id).success) throw notFound('key')
  const [key] = await selectKeys(tx, organizationId, { where: Prisma.sql`k.id = ${id}::uuid` })
  if (!key || (membershipId !== undefined && key.membershipId !== membershipId)) throw notFound('key')
  const scopes = [key.id, key.projectId, key.membershipId, organizationId].filter((scope) => scope !== null)
  const budgets = await selectBudgets(
    tx,
    organizationId,
    Prisma.sql`b.scope_id = ANY (${scopes}::uuid[]) AND (b.tag IS NULL OR b.tag = ANY (${key.tags}))`,
  )
  return { ...key, budgets: budgets.toSorted(byNearness) }
}

const nearestFirst = ['key', 'member', 'project', 'organization']

function byNearness(a: { scope: string }, b: { scope: string }): number {
  return nearestFirst.indexOf(a.scope) - nearestFirst.indexOf(b.scope)
}
