import { sendToChannel } from '../channels/send-to-channel.ts'
import type { AlertKind } from '../core/alert-kinds.ts'
import { inTenant } from '../db/in-tenant.ts'
import { log } from '../log.ts'
import type { AlertFacts } from './alert-facts.ts'
import { eventOfAlert } from './event-of-alert.ts'
import { retryAfterMs } from './retry-after-ms.ts'
import { writeAlertText } from './write-alert-text.ts'

/** A delivery that this process holds. */
export interface Claim {
  id: string
  organizationId: string
  alertId: string
  channelId: string
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

async function attempt({ organizationId, id, alertId, channelId }: Claim, baseUrl: string | null): Promise<void> {
  const { alert, channel, organization } = await inTenant(organizationId, async (tx) => ({
    alert: await tx.alert.findUniqueOrThrow({ where: { id: alertId, organizationId } }),
    channel: await tx.alertChannel.findUniqueOrThrow({ where: { id: channelId, organizationId } }),
    organization: await tx.organization.findUniqueOrThrow({ where: { id: organizationId } }),
  }))
  const link = baseUrl === null ? null : `${baseUrl}/${organization.slug}/alerts`
  const told = { kind: alert.kind as AlertKind, facts: alert.facts as AlertFacts }
  await sendToChannel(channel, {
    id,
    text: writeAlertText(told, organization, link),
    event: eventOfAlert(alert, link),
    sentAtMs: Date.now(),
  })
}

async function finish(
  { id, organizationId }: Claim,
  data: { state: string; outcome: string | null; finishedAt?: Date; dueAt?: Date; leasedUntil: null },
): Promise<void> {
  await inTenant(organizationId, (tx) =>
    tx.alertDelivery.updateMany({ where: { id, organizationId, state: 'waiting' }, data }),
  )
}
