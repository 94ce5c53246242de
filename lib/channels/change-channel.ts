import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { parseInput } from '../core/parse-input.ts'
import type { AlertChannel } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { refuseTakenName } from '../db/refuse-taken-name.ts'
import { environment } from '../environment.ts'
import { checkOutboundUrl } from '../outbound/check-outbound-url.ts'
import { channelFields } from './channel-fields.ts'
import { openTarget, sealTarget } from './channel-target.ts'
import { type ChannelView, viewOfChannel } from './channel-view.ts'
import { getChannelRow } from './get-channel-row.ts'

const schema = z
  .strictObject({
    name: channelFields.name,
    alertKinds: channelFields.alertKinds,
    paused: z.boolean(),
    recipients: channelFields.recipients,
    url: channelFields.url,
    secret: channelFields.secret,
  })
  .partial()

export type ChangeChannelInput = z.input<typeof schema>

/** What is on its way goes to the new address. A webhook keeps its signing secret, which never leaves us. */
export async function changeChannel(member: Member, id: string, input: ChangeChannelInput): Promise<ChannelView> {
  authorize(member, 'channels.change')
  const { paused, recipients, url, secret, ...fields } = parseInput(schema, input)
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const before = await getChannelRow(tx, organizationId, id)
    const target = targetOf(before, { recipients, url, secret })
    const row = await tx.alertChannel
      .update({
        where: { id: before.id, organizationId },
        data: {
          ...fields,
          ...target,
          ...(paused !== undefined && { pausedAt: paused ? (before.pausedAt ?? new Date()) : null }),
        },
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

interface NewTarget {
  recipients: string[] | undefined
  url: string | undefined
  secret: string | null | undefined
}

/** What of the row changes with its target. */
function targetOf(row: AlertChannel, { recipients, url, secret }: NewTarget) {
  if (row.kind === 'email') {
    if (url !== undefined) throw refused('Mail goes to recipients, not to an address.', 'url')
    if (secret !== undefined) throw refused('Mail has no secret.', 'secret')
    return recipients && { recipients }
  }
  if (recipients !== undefined) throw refused('Only mail has recipients.', 'recipients')
  if (secret !== undefined && row.kind === 'webhook') throw refused('The secret of a webhook is ours.', 'secret')
  if (url === undefined && secret === undefined) return undefined
  const old = openTarget(row.sealed!, row)
  const address =
    url === undefined ? old.url : checkOutboundUrl(url, environment().STIPEND_ALLOW_PRIVATE_UPSTREAMS, 'url').href
  return {
    sealed: sealTarget({ url: address, secret: secret === undefined ? old.secret : secret }, row),
    hint: new URL(address).host,
  }
}

function refused(message: string, param: string): StipendError {
  return new StipendError('invalid_request_error', message, { param })
}
