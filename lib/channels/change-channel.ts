import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { refuseTakenName } from '../db/refuse-taken-name.ts'
import { channelFields } from './channel-fields.ts'
import { type ChannelView, viewOfChannel } from './channel-view.ts'
import { getChannelRow } from './get-channel-row.ts'

const schema = z
  .strictObject({ name: channelFields.name, alertKinds: channelFields.alertKinds, paused: z.boolean() })
  .partial()

export type ChangeChannelInput = z.input<typeof schema>

/** Its address stays what it is: make a new channel for another. */
export async function changeChannel(member: Member, id: string, input: ChangeChannelInput): Promise<ChannelView> {
  authorize(member, 'channels.change')
  const { paused, ...fields } = parseInput(schema, input)
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const before = await getChannelRow(tx, organizationId, id)
    const row = await tx.alertChannel
      .update({
        where: { id: before.id, organizationId },
        data: { ...fields, ...(paused !== undefined && { pausedAt: paused ? (before.pausedAt ?? new Date()) : null }) },
      })
      .catch(refuseTakenName)
    const after = viewOfChannel(row)
    const change = {
      action: 'channel.change',
      targetId: row.id,
      target: row.name,
      before: viewOfChannel(before),
      after,
    }
    await recordAudit(tx, member, change)
    return after
  })
}
