import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type ManagementKeyView, viewOfManagementKey } from './management-key-view.ts'

/** Those that work, the newest first. */
export async function listManagementKeys(member: Member): Promise<ManagementKeyView[]> {
  authorize(member, 'management_keys.change')
  const { organizationId } = member
  const rows = await inTenant(organizationId, (tx) =>
    tx.managementKey.findMany({ where: { organizationId, revokedAt: null }, orderBy: { id: 'desc' } }),
  )
  return rows.map(viewOfManagementKey)
}
