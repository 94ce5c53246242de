import type { AlertKind } from '../core/alert-kinds.ts'
import type { AlertDelivery } from '../db/generated/client.ts'

export interface DeliveryView {
  id: string
  alertId: string
  alertKind: AlertKind
  /** Null: it goes to a person. */
  channelId: string | null
  channelName: string | null
  /** The address of that person; null: it goes to a channel. */
  recipient: string | null
  state: 'waiting' | 'sent' | 'failed'
  attempts: number
  /** Why the last attempt was not taken; null: it was, or there was none yet. */
  outcome: string | null
  createdAt: Date
  /** Of the next attempt. */
  dueAt: Date
  finishedAt: Date | null
}

/** What a delivery is read with. */
export const withTarget = {
  alert: { select: { kind: true } },
  channel: { select: { name: true, archivedAt: true } },
  membership: { select: { removedAt: true, user: { select: { email: true } } } },
} as const

export interface DeliveryRow extends AlertDelivery {
  alert: { kind: string }
  channel: { name: string; archivedAt: Date | null } | null
  membership: { removedAt: Date | null; user: { email: string } } | null
}

export function viewOfDelivery(row: DeliveryRow): DeliveryView {
  return {
    id: row.id,
    alertId: row.alertId,
    alertKind: row.alert.kind as AlertKind,
    channelId: row.channelId,
    channelName: row.channel?.name ?? null,
    recipient: row.membership?.user.email ?? null,
    state: row.state as DeliveryView['state'],
    attempts: row.attempts,
    outcome: row.outcome,
    createdAt: row.createdAt,
    dueAt: row.dueAt,
    finishedAt: row.finishedAt,
  }
}
