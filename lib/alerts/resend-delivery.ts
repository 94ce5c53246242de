import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type DeliveryView, viewOfDelivery, withTarget } from './delivery-view.ts'

/** Sends once more what was sent or given up, with the id that it had. */
export async function resendDelivery(member: Member, id: string): Promise<DeliveryView> {
  authorize(member, 'channels.change')
  const { organizationId } = member
  if (!idSchema.safeParse(id).success) throw notFound('delivery')
  return inTenant(organizationId, async (tx) => {
    const row = await tx.alertDelivery.findFirst({ where: { id, organizationId }, include: withTarget })
    if (!row) throw notFound('delivery')
    if (row.channel?.archivedAt) throw new StipendError('conflict', 'Its channel was removed.')
    if (row.membership?.removedAt) throw new StipendError('conflict', 'Its recipient has left.')
    if (row.state === 'waiting') return viewOfDelivery(row)
    const again = await tx.alertDelivery.update({
      where: { id: row.id, organizationId },
      data: { state: 'waiting', attempts: 0, dueAt: new Date(), leasedUntil: null, outcome: null, finishedAt: null },
      include: withTarget,
    })
    await recordAudit(tx, member, {
      action: 'delivery.resend',
      targetId: row.id,
      target: row.channel?.name ?? row.membership!.user.email,
      before: { state: row.state, outcome: row.outcome },
      after: { state: again.state, outcome: null },
    })
    return viewOfDelivery(again)
  })
}
