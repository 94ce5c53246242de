import { authorize, type Member } from '../auth/member.ts'
import { getChannelRow } from '../channels/get-channel-row.ts'
import { sendToChannel } from '../channels/send-to-channel.ts'
import { newId } from '../core/ids.ts'
import { inTenant } from '../db/in-tenant.ts'
import { environment } from '../environment.ts'
import { writeAlertText } from './write-alert-text.ts'

export interface ChannelTest {
  ok: boolean
  /** Why it was not taken. */
  problem: string | null
}

/** Sends a message of the test to the channel, now. */
export async function testChannel(member: Member, id: string): Promise<ChannelTest> {
  authorize(member, 'channels.change')
  const { organizationId } = member
  const [channel, organization] = await inTenant(organizationId, async (tx) => [
    await getChannelRow(tx, organizationId, id),
    await tx.organization.findUniqueOrThrow({ where: { id: organizationId } }),
  ])
  const { PUBLIC_URL: baseUrl } = environment()
  const link = baseUrl ? `${baseUrl}/${organization.slug}/alerts` : null
  const event = { id: newId(), type: 'alert.test', created_at: new Date().toISOString(), data: { url: link } }
  try {
    await sendToChannel(channel, {
      id: event.id,
      text: writeAlertText({ kind: 'test', facts: { subject: channel.name } }, organization, link),
      event,
      sentAtMs: Date.now(),
    })
    return { ok: true, problem: null }
  } catch (error) {
    return { ok: false, problem: (error as Error).message.slice(0, 500) }
  }
}
