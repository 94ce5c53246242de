import type { AlertKind } from '../core/alert-kinds.ts'
import type { AlertChannel } from '../db/generated/client.ts'
import type { ChannelKind } from './channel-kinds.ts'

export interface ChannelView {
  id: string
  name: string
  kind: ChannelKind
  recipients: string[]
  /** The host of its address; never the address. */
  hint: string
  alertKinds: AlertKind[]
  createdAt: Date
  pausedAt: Date | null
}

export function viewOfChannel(row: AlertChannel): ChannelView {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind as ChannelKind,
    recipients: row.recipients,
    hint: row.hint,
    alertKinds: row.alertKinds as AlertKind[],
    createdAt: row.createdAt,
    pausedAt: row.pausedAt,
  }
}
