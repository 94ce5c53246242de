import type { CapDraft } from '#components/budgets/cap-draft.ts'
import type { BudgetView } from '#lib/budgets/budget-view.ts'
import { formatUsd } from '#lib/core/money.ts'

/** The plain budgets of one scope as its form shows them. */
export function capDraftsOf(budgets: BudgetView[]): CapDraft[] {
  return budgets
    .filter(({ model, tag }) => model === null && tag === null)
    .map(({ limitNanos, period }, index) => ({ id: index + 1, limitUsd: formatUsd(limitNanos), period }))
}
