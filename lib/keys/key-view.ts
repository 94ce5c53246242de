import type { BudgetView } from '../budgets/budget-view.ts'
import type { Nanos } from '../core/money.ts'

export const keyStatuses = ['active', 'paused', 'exhausted', 'expired', 'revoked'] as const

export type KeyStatus = (typeof keyStatuses)[number]

/** A key and its standing. */
export interface KeySummary {
  id: string
  name: string
  /** The last four characters of the secret. */
  hint: string
  status: KeyStatus
  pauseReason: string | null
  projectId: string
  projectName: string
  membershipId: string | null
  memberName: string | null
  memberEmail: string | null
  /** Names of the models that it may call; null: all that its project allows. */
  models: string[] | null
  requestsPerMinute: number | null
  tokensPerMinute: number | null
  maxParallel: number | null
  requestsPerDay: number | null
  maxOutputTokens: number | null
  allowedIps: string[]
  tags: string[]
  /** All that it ever spent. */
  spentNanos: Nanos
  /** Set aside for its requests that are on their way. */
  reservedNanos: Nanos
  /** What the tightest of all budgets that bind it can still pay for; null: no cap. Budgets of a single model count for nothing here. */
  availableNanos: Nanos | null
  createdAt: Date
  expiresAt: Date | null
  pausedAt: Date | null
  revokedAt: Date | null
  /** Until when the secret before the last rotation works; null: it does not. */
  previousSecretUntil: Date | null
  lastUsedAt: Date | null
}

/** A key with every budget that binds it: its own, its project's, its member's and the organization's. */
export interface KeyView extends KeySummary {
  budgets: BudgetView[]
}
