import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type AlertView, viewOfAlert } from './alert-view.ts'

/** Somebody has seen it: it leaves the list of what is open. Done twice it is done once. */
export async function acknowledgeAlert(member: Member, id: string): Promise<AlertView> {
  authorize(member, 'alerts.acknowledge')
  const { organizationId } = member
  if (!idSchema.safeParse(id).success) throw notFound('alert')
  return inTenant(organizationId, async (tx) => {
    const row = await tx.alert.findFirst({ where: { id, organizationId } })
    if (!row) throw notFound('alert')
    if (row.acknowledgedAt) return viewOfAlert(row)
    const seen = await tx.alert.update({
      where: { id: row.id, organizationId },
      data: { acknowledgedAt: new Date(), acknowledgedBy: member.userId },
    })
    const change = { before: { acknowledgedAt: null }, after: { acknowledgedAt: seen.acknowledgedAt } }
    await recordAudit(tx, member, { action: 'alert.acknowledge', targetId: row.id, target: row.kind, ...change })
    return viewOfAlert(seen)
  })
}
