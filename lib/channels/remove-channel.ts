import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { viewOfChannel } from './channel-view.ts'
import { getChannelRow } from './get-channel-row.ts'

/** What is still on its way there is given up. */
export async function removeChannel(member: Member, id: string): Promise<void> {
  authorize(member, 'channels.change')
  const { organizationId } = member
  await inTenant(organizationId, async (tx) => {
    const row = await getChannelRow(tx, organizationId, id)
    await tx.alertChannel.update({ where: { id: row.id, organizationId }, data: { archivedAt: new Date() } })
    await tx.alertDelivery.updateMany({
      where: { organizationId, channelId: row.id, state: 'waiting' },
      data: { state: 'failed', outcome: 'The channel was removed.', finishedAt: new Date() },
    })
    const before = viewOfChannel(row)
    await recordAudit(tx, member, { action: 'channel.remove', targetId: row.id, target: row.name, before })
  })
}
