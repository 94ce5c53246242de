import type { ActionResult } from '../action-result.ts'

export const alertKinds = [
  'budget_threshold',
  'overrun',
  'provider_blocked',
  'ledger_mismatch',
  'spend_anomaly',
] as const
export type AlertKindName = (typeof alertKinds)[number]

export const channelKinds = ['email', 'webhook', 'slack', 'feishu', 'dingtalk', 'wecom'] as const
export type ChannelKindName = (typeof channelKinds)[number]

export interface AlertFacts {
  id: string
  kind: AlertKindName
  /** Of a budget: the percentage that was reached. */
  percent: number | null
  /** In the language of who looks. */
  title: string
  lines: readonly string[]
  /** What it is about; null where there is no page of it. */
  href: string | null
  /** ISO 8601. */
  at: string
  isOpen: boolean
}

export interface ChannelFacts {
  id: string
  name: string
  kind: ChannelKindName
  /** The recipients, or the host of the address. */
  target: string
  /** Empty: every kind. */
  alertKinds: readonly AlertKindName[]
  isPaused: boolean
}

export interface ChannelDraft {
  name: string
  kind: ChannelKindName
  recipients: string[]
  url: string
  secret: string
  alertKinds: AlertKindName[]
}

export interface DeliveryFacts {
  id: string
  alertKind: AlertKindName
  /** The channel, or the address of a person. */
  target: string
  state: 'waiting' | 'sent' | 'failed'
  attempts: number
  /** What the receiver answered when it did not take it. */
  outcome: string | null
  /** ISO 8601. */
  at: string
  /** ISO 8601: when it is tried next. */
  nextAt: string | null
}

/** The server's part; already bound to the organization. */
export interface ChannelActions {
  create: (draft: ChannelDraft) => Promise<ActionResult<{ signingSecret: string | null }>>
  change: (
    id: string,
    change: {
      name?: string
      alertKinds?: AlertKindName[]
      paused?: boolean
      recipients?: string[]
      url?: string
      secret?: string
    },
  ) => Promise<ActionResult<null>>
  remove: (id: string) => Promise<ActionResult<null>>
  test: (id: string) => Promise<ActionResult<{ ok: boolean; problem: string | null }>>
}

export type Acknowledge = (id: string) => Promise<ActionResult<null>>
export type Resend = (id: string) => Promise<ActionResult<null>>
