import { setTimeout as sleep } from 'node:timers/promises'
import { pool } from '../db/pool.ts'
import { log } from '../log.ts'
import { canSendMail } from '../mail/can-send-mail.ts'
import { type Claim, deliverAlert } from './deliver-alert.ts'

const pollMs = 1_000
const lookEveryMs = 60_000
const atOnce = 20
/** Longer than one attempt can take, so that no two workers send the same thing at the same time. */
const leaseSeconds = 60

export interface AlertWorker {
  /** Lets what is being sent come to its end. */
  stop(): Promise<void>
}

/**
 * Sees to it that alerts reach their channels. Any number of processes may do this: each delivery is held by one of them
 * under a lease. One that dies between sending and saying so sends again, with the same id.
 */
export function startAlertWorker(options: { baseUrl: string | null; everyMs?: number }): AlertWorker {
  const { baseUrl, everyMs = pollMs } = options
  const stopping = new AbortController()

  let lookAtMs = 0

  async function round(): Promise<number> {
    const database = pool()
    if (Date.now() >= lookAtMs) {
      lookAtMs = Date.now() + lookEveryMs
      await database.query('SELECT warn_of_anomalies()')
      await database.query('SELECT warn_of_ended_raises()')
    }
    await database.query('SELECT dispatch_alerts($1, $2)', [atOnce, canSendMail()])
    const { rows } = await database.query<Claim>(
      `SELECT id, organization_id AS "organizationId", alert_id AS "alertId", channel_id AS "channelId",
         membership_id AS "membershipId", attempts
       FROM claim_deliveries($1, $2)`,
      [atOnce, leaseSeconds],
    )
    await Promise.all(rows.map((claim) => deliverAlert(claim, baseUrl)))
    return rows.length
  }

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      const done = await round().catch((error: unknown) => {
        log.warn({ error: String(error) }, 'alerts could not be seen to; trying again')
        return 0
      })
      if (done < atOnce) await sleep(everyMs, null, { signal: stopping.signal }).catch(() => {})
    }
  }

  const working = work()
  return {
    stop() {
      stopping.abort()
      return working
    },
  }
}
