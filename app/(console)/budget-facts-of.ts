import type { BudgetFacts } from '#components/budgets/budget-facts.ts'
import type { BudgetView } from '#lib/budgets/budget-view.ts'
import { formatUsd } from '#lib/core/money.ts'

export function budgetFactsOf(budget: BudgetView): BudgetFacts {
  return {
    id: budget.id,
    scope: budget.scope,
    scopeName: budget.scopeName,
    model: budget.model,
    tag: budget.tag,
    period: budget.period,
    limitUsd: formatUsd(budget.limitNanos + budget.raisedNanos),
    ownLimitUsd: formatUsd(budget.limitNanos),
    raisedUsd: budget.raisedNanos > 0n ? formatUsd(budget.raisedNanos) : null,
    raisedUntil: budget.raisedUntil?.toISOString() ?? null,
    warnPercents: budget.warnPercents,
    spentUsd: formatUsd(budget.spentNanos),
    reservedUsd: formatUsd(budget.reservedNanos),
    availableUsd: formatUsd(budget.availableNanos),
    resetsAt: budget.resetsAt?.toISOString() ?? null,
  }
}
