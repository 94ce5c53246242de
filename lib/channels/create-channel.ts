import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { refuseTakenName } from '../db/refuse-taken-name.ts'
import { environment } from '../environment.ts'
import { checkOutboundUrl } from '../outbound/check-outbound-url.ts'
import { channelFields } from './channel-fields.ts'
import { sealTarget } from './channel-target.ts'
import { type ChannelView, viewOfChannel } from './channel-view.ts'

const schema = z.strictObject({
  name: channelFields.name,
  kind: channelFields.kind,
  recipients: channelFields.recipients.optional(),
  url: channelFields.url.optional(),
  secret: channelFields.secret.optional(),
  alertKinds: channelFields.alertKinds.default([]),
})

export type CreateChannelInput = z.input<typeof schema>

/** A new channel; a webhook's signing secret is shown here and never again. */
export interface NewChannel extends ChannelView {
  signingSecret: string | null
}

const secretBytes = 24

export async function createChannel(member: Member, input: CreateChannelInput): Promise<NewChannel> {
  authorize(member, 'channels.change')
  const { url, secret = null, recipients = [], ...fields } = parseInput(schema, input)
  const id = newId()
  const { organizationId } = member
  const isMail = fields.kind === 'email'
  if (isMail && recipients.length === 0) {
    throw new StipendError('invalid_request_error', 'Name at least one recipient.', { param: 'recipients' })
  }
  if (!isMail && url === undefined) {
    throw new StipendError('invalid_request_error', 'Enter the address that the receiver gave you.', { param: 'url' })
  }
  const address = isMail ? null : checkOutboundUrl(url!, environment().STIPEND_ALLOW_PRIVATE_UPSTREAMS, 'url').href
  const signingSecret = fields.kind === 'webhook' ? `whsec_${randomBytes(secretBytes).toString('base64')}` : null
  const target = address === null ? null : { url: address, secret: signingSecret ?? secret }
  return inTenant(organizationId, async (tx) => {
    const row = await tx.alertChannel
      .create({
        data: {
          ...fields,
          id,
          organizationId,
          recipients: isMail ? recipients : [],
          sealed: target && sealTarget(target, { organizationId, id }),
          hint: address === null ? '' : new URL(address).host,
        },
      })
      .catch(refuseTakenName)
    const view = viewOfChannel(row)
    await recordAudit(tx, member, { action: 'channel.create', targetId: id, target: view.name, after: view })
    return { ...view, signingSecret }
  })
}
