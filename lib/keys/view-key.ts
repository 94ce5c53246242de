import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { Prisma } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import type { KeyView } from './key-view.ts'
import { selectKeys } from './select-keys.ts'
import { withBudgets } from './with-budgets.ts'

/** The key with its budgets; throws `not_found`. With `membershipId`, only if it is that member's own. */
export async function viewKey(
  tx: Transaction,
  organizationId: string,
  id: string,
  membershipId?: string | null,
): Promise<KeyView> {
  if (!idSchema.safeParse(id).success) throw notFound('key')
  const found = await selectKeys(tx, organizationId, { where: Prisma.sql`k.id = ${id}::uuid` })
  const [key] = await withBudgets(tx, organizationId, found)
  if (!key || (membershipId !== undefined && key.membershipId !== membershipId)) throw notFound('key')
  return key
}
