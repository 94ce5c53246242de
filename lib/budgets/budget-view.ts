import type { Nanos } from '../core/money.ts'
import type { BudgetScope, Period } from '../core/period.ts'

/** A budget with where it stands in its current period. */
export interface BudgetView {
  id: string
  scope: BudgetScope
  /** Id of the organization, project, membership or key that it binds. */
  scopeId: string
  /** Its name as people know it. */
  scopeName: string
  /** The only model that it counts; null: all. */
  model: string | null
  /** The only keys that it binds; null: all of the scope. */
  tag: string | null
  period: Period
  limitNanos: Nanos
  /** What temporary raises add to the limit just now. */
  raisedNanos: Nanos
  /** When the first of them ends; null: there is none. */
  raisedUntil: Date | null
  spentNanos: Nanos
  reservedNanos: Nanos
  /** What it can still pay for; never below 0. */
  availableNanos: Nanos
  /** When the next period begins; null for a total budget. */
  resetsAt: Date | null
  /** At which percentages of the limit it warns. */
  warnPercents: number[]
  createdAt: Date
}
