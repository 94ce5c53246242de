import type { BudgetFacts } from '../budgets/budget-facts.ts'
import type { Rates } from '../limits/rate-draft.ts'
import type { KeyStatus } from '../ui/status-badge.tsx'

/** A key as pages show it. Amounts are decimal USD, moments ISO 8601. */
export interface KeyFacts {
  id: string
  name: string
  /** The last characters of its secret. */
  hint: string
  status: KeyStatus
  pauseReason: string | null
  project: { id: string; name: string }
  owner: { name: string; email: string } | null
  /** Null: all that the project allows. */
  models: readonly string[] | null
  /** Since it was made. */
  spentUsd: string
  /** All that bind it, its own first. */
  budgets: readonly BudgetFacts[]
  rates: Rates
  maxOutputTokens: number | null
  allowedIps: readonly string[]
  tags: readonly string[]
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
  /** Until when the secret before the last rotation works. */
  previousSecretUntil: string | null
}
