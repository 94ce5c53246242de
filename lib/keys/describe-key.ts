import { inTenant } from '../db/in-tenant.ts'
import type { KeyView } from './key-view.ts'
import { viewKey } from './view-key.ts'

/** A key as its holder may see it. Without a member: for a caller that has authenticated with this very key. */
export async function describeKey(keyId: string, organizationId: string): Promise<KeyView> {
  return inTenant(organizationId, (tx) => viewKey(tx, organizationId, keyId))
}
