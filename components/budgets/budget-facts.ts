import type { BudgetScope, Period } from '#lib/core/period.ts'

/** A budget with where it stands in its current period. Amounts are decimal USD. */
export interface BudgetFacts {
  id: string
  scope: BudgetScope
  scopeName: string
  /** The only model that it counts. */
  model: string | null
  /** The only keys that it binds. */
  tag: string | null
  period: Period
  limitUsd: string
  spentUsd: string
  reservedUsd: string
  availableUsd: string
  /** ISO 8601; null for a total. */
  resetsAt: string | null
}
