import type { BudgetFacts } from '../budgets/budget-facts.ts'

/** What a key can be made of. */
export interface KeyFormOptions {
  projects: readonly {
    id: string
    name: string
    /** Null: all. */
    models: readonly string[] | null
    budgets: readonly BudgetFacts[]
  }[]
  members: readonly { name: string; email: string }[]
  models: readonly { name: string; priced: boolean }[]
  /** The organization's today, "2026-11-24": days are counted from it. */
  today: string
  timeZone: string
}
