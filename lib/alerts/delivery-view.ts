import type { AlertKind } from '../core/alert-kinds.ts'
import type { AlertDelivery } from '../db/generated/client.ts'

export interface DeliveryView {
  id: string
  alertId: string
  alertKind: AlertKind
  channelId: string
  channelName: string
  state: 'waiting' | 'sent' | 'failed'
  attempts: number
  /** Why the last attempt was not taken; null: it was, or there was none yet. */
  outcome: string | null
  createdAt: Date
  /** Of the next attempt. */
  dueAt: Date
  finishedAt: Date | null
}

export function viewOfDelivery(
  row: AlertDelivery & { alert: { kind: string }; channel: { name: string } },
): DeliveryView {
  return {
    id: row.id,
    alertId: row.alertId,
    alertKind: row.alert.kind as AlertKind,
    channelId: row.channelId,
    channelName: row.channel.name,
    state: row.state as DeliveryView['state'],
    attempts: row.attempts,
    outcome: row.outcome,
    createdAt: row.createdAt,
    dueAt: row.dueAt,
    finishedAt: row.finishedAt,
  }
}
