import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type ChannelView, viewOfChannel } from './channel-view.ts'

export async function listChannels(member: Member): Promise<ChannelView[]> {
  authorize(member, 'alerts.read')
  const { organizationId } = member
  const rows = await inTenant(organizationId, (tx) =>
    tx.alertChannel.findMany({ where: { organizationId, archivedAt: null }, orderBy: { createdAt: 'asc' } }),
  )
  return rows.map(viewOfChannel)
}
