import type { BudgetFacts } from './budget-facts.ts'

/** A place in the tree of budgets. */
export interface BudgetNode {
  id: string
  scope: BudgetFacts['scope']
  name: string
  /** Its own page; null where it has none. */
  href: string | null
  /** Its own. */
  budgets: readonly BudgetFacts[]
  /** A budget further up that leaves it less than its own. */
  boundBy: BudgetFacts | null
  children: readonly BudgetNode[]
  /** How many keys there are below. */
  keyCount: number
}
