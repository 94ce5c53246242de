import type { BudgetFacts } from '#components/budgets/budget-facts.ts'
import { parseUsd } from '#lib/core/money.ts'

/** First what can pay for the least; budgets of a single model last. */
export function byWhatIsLeft(a: BudgetFacts, b: BudgetFacts): number {
  const left = (budget: BudgetFacts) => parseUsd(budget.availableUsd) ?? 0n
  return Number(a.model !== null) - Number(b.model !== null) || Number(left(a) - left(b))
}
