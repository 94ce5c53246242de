import { roleMay } from '../auth/permissions.ts'
import { mailBodyOf } from '../channels/formats/mail-body-of.ts'
import { sendToChannel } from '../channels/send-to-channel.ts'
import type { AlertKind } from '../core/alert-kinds.ts'
import type { Alert, Organization } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { log } from '../log.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { AlertFacts } from './alert-facts.ts'
import { eventOfAlert } from './event-of-alert.ts'
import { retryAfterMs } from './retry-after-ms.ts'
import { writeAlertText } from './write-alert-text.ts'
import { writeWhyMailed } from './write-why-mailed.ts'

/** A delivery that this process holds; it goes to a channel or to a person. */
export interface Claim {
  id: string
  organizationId: string
  alertId: string
  channelId: string | null
  membershipId: string | null
  /** This one included. */
  attempts: number
}

/** Makes one attempt and writes down what came of it. Never rejects. */
export async function deliverAlert(claim: Claim, baseUrl: string | null): Promise<void> {
  try {
    await attempt(claim, baseUrl)
    await finish(claim, { state: 'sent', outcome: null, finishedAt: new Date(), leasedUntil: null })
  } catch (error) {
    const outcome = (error instanceof Error ? error.message : String(error)).slice(0, 500)
    const waitMs = retryAfterMs(claim.attempts)
    const next =
      waitMs === null
        ? { state: 'failed', outcome, finishedAt: new Date(), leasedUntil: null }
        : { state: 'waiting', outcome, dueAt: new Date(Date.now() + waitMs), leasedUntil: null }
    await finish(claim, next).catch((trouble: unknown) => {
      // Its lease runs out, and it is sent once more.
      log.warn({ deliveryId: claim.id, error: String(trouble) }, 'the end of a delivery could not be written down')
    })
  }
}

async function attempt(claim: Claim, baseUrl: string | null): Promise<void> {
  const { organizationId, alertId } = claim
  const { alert, organization } = await inTenant(organizationId, async (tx) => ({
    alert: await tx.alert.findUniqueOrThrow({ where: { id: alertId, organizationId } }),
    organization: await tx.organization.findUniqueOrThrow({ where: { id: organizationId } }),
  }))
  if (claim.channelId !== null) await sendOut(claim.id, claim.channelId, { alert, organization, baseUrl })
  else await mailTo(claim.id, claim.membershipId!, { alert, organization, baseUrl })
}

interface Told {
  alert: Alert
  organization: Organization
  baseUrl: string | null
}

async function sendOut(id: string, channelId: string, { alert, organization, baseUrl }: Told): Promise<void> {
  const channel = await inTenant(organization.id, (tx) =>
    tx.alertChannel.findUniqueOrThrow({ where: { id: channelId, organizationId: organization.id } }),
  )
  // Since it was written down; it is tried again, and when that is given up it can be sent by hand.
  if (channel.pausedAt) throw new Error('The channel is paused.')
  const link = baseUrl === null ? null : `${baseUrl}/${organization.slug}/alerts`
  await sendToChannel(channel, {
    id,
    text: writeAlertText(saidBy(alert), organization, link),
    event: eventOfAlert(alert, link),
    sentAtMs: Date.now(),
  })
}

/** In the person's own language, with a link that the person may open. */
async function mailTo(id: string, membershipId: string, { alert, organization, baseUrl }: Told): Promise<void> {
  const { user, role, removedAt } = await inTenant(organization.id, (tx) =>
    tx.membership.findUniqueOrThrow({
      where: { id: membershipId, organizationId: organization.id },
      include: { user: true },
    }),
  )
  // Whoever has left since then is told nothing any more.
  if (removedAt !== null) return
  const mayLook = roleMay(role, 'alerts.read')
  const link = baseUrl === null ? null : mayLook ? `${baseUrl}/${organization.slug}/alerts` : `${baseUrl}/me`
  const listener = { ...organization, locale: user.locale ?? organization.locale }
  const { title, lines } = writeAlertText(saidBy(alert), listener, link)
  const why = writeWhyMailed(role === 'owner', listener)
  await sendMail({
    to: [user.email],
    subject: title,
    text: mailBodyOf({ title, lines: [...lines, '', why], link }),
    messageId: id,
  })
}

function saidBy({ kind, facts }: Alert) {
  return { kind: kind as AlertKind, facts: facts as AlertFacts }
}

async function finish(
  { id, organizationId }: Claim,
  data: { state: string; outcome: string | null; finishedAt?: Date; dueAt?: Date; leasedUntil: null },
): Promise<void> {
  await inTenant(organizationId, (tx) =>
    tx.alertDelivery.updateMany({ where: { id, organizationId, state: 'waiting' }, data }),
  )
}
