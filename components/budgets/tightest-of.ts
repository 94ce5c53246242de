import { parseUsd } from '#lib/core/money.ts'
import type { BudgetFacts } from './budget-facts.ts'

/** The budget that can pay for the least; of equals the first. Budgets of a single model do not speak for the whole. */
export function tightestOf(budgets: readonly BudgetFacts[]): BudgetFacts | null {
  return budgets
    .filter((budget) => budget.model === null)
    .reduce<BudgetFacts | null>(
      (least, budget) => (least === null || nanos(budget.availableUsd) < nanos(least.availableUsd) ? budget : least),
      null,
    )
}

function nanos(usd: string): bigint {
  return parseUsd(usd) ?? 0n
}
