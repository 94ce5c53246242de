import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import type { Transaction } from '../db/in-tenant.ts'
import type { KeyView } from './key-view.ts'
import { selectKeys } from './select-keys.ts'
import { withBudgets } from './with-budgets.ts'

/** The key with its budgets; throws `not_found`. With `ownedBy`, only if it is that member's; null owns nothing. */
export async function viewKey(
  tx: Transaction,
  organizationId: string,
  id: string,
  ownedBy?: string | null,
): Promise<KeyView> {
  if (!idSchema.safeParse(id).success) throw notFound('key')
  const found = await selectKeys(tx, organizationId, { keyIds: [id] })
  const [key] = await withBudgets(tx, organizationId, found)
  if (!key || ownedBy === null || (ownedBy !== undefined && key.membershipId !== ownedBy)) throw notFound('key')
  return key
}
