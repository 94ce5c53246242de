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
  /** With what temporary raises add to it just now. */
  limitUsd: string
  /** Without them: what a form changes. */
  ownLimitUsd: string
  /** Of it, by temporary raises; null: nothing. */
  raisedUsd: string | null
  /** When the first of the raises ends. */
  raisedUntil: string | null
  warnPercents: readonly number[]
  spentUsd: string
  reservedUsd: string
  availableUsd: string
  /** ISO 8601; null for a total. */
  resetsAt: string | null
}
