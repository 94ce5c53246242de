import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { getUsableKeyRow } from './get-usable-key-row.ts'
import type { KeyView } from './key-view.ts'
import { viewKey } from './view-key.ts'

export async function resumeKey(member: Member, id: string): Promise<KeyView> {
  authorize(member, 'keys.change')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const row = await getUsableKeyRow(tx, organizationId, id)
    if (row.pausedAt) {
      const before = { pausedAt: row.pausedAt, pauseReason: row.pauseReason }
      const after = { pausedAt: null, pauseReason: null }
      await tx.key.update({ where: { id: row.id, organizationId }, data: after })
      await recordAudit(tx, member, { action: 'key.resume', targetId: row.id, target: row.name, before, after })
    }
    return viewKey(tx, organizationId, id)
  })
}
