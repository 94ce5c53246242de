import { authorize, type Member } from '../auth/member.ts'
import { roleMay } from '../auth/permissions.ts'
import { inTenant } from '../db/in-tenant.ts'
import type { KeyView } from './key-view.ts'
import { viewKey } from './view-key.ts'

/** Who may not read all keys reads the own ones. */
export async function getKey(member: Member, id: string): Promise<KeyView> {
  authorize(member, 'keys.read_own')
  const { organizationId } = member
  const ownOnly = roleMay(member.role, 'keys.read') ? undefined : member.membershipId
  return inTenant(organizationId, (tx) => viewKey(tx, organizationId, id, ownOnly))
}
