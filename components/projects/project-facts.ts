import type { BudgetFacts } from '../budgets/budget-facts.ts'
import type { Rates } from '../limits/rate-draft.ts'

/** A project as pages show it. */
export interface ProjectFacts {
  id: string
  name: string
  /** Null: all of the organization's. */
  models: readonly string[] | null
  keyCount: number
  /** Since it was made, decimal USD. */
  spentUsd: string
  budgets: readonly BudgetFacts[]
  /** Of all its keys together. */
  rates: Rates
}
