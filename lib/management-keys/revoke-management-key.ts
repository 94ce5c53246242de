import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { inTenant } from '../db/in-tenant.ts'
import { refuseHigherRole } from '../members/refuse-higher-role.ts'
import { viewOfManagementKey } from './management-key-view.ts'

/** For good, from the next call on. */
export async function revokeManagementKey(member: Member, id: string): Promise<void> {
  authorize(member, 'management_keys.change')
  const { organizationId } = member
  await inTenant(organizationId, async (tx) => {
    const row = idSchema.safeParse(id).success
      ? await tx.managementKey.findFirst({ where: { id, organizationId, revokedAt: null } })
      : null
    if (!row) throw notFound('management key')
    refuseHigherRole(member, row.role)
    await tx.managementKey.update({ where: { id: row.id, organizationId }, data: { revokedAt: new Date() } })
    await recordAudit(tx, member, {
      action: 'management_key.revoke',
      targetId: row.id,
      target: row.name,
      before: viewOfManagementKey(row),
    })
  })
}
