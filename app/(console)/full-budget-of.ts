import type { FullBudget } from '#components/overview/fullest-budgets.tsx'
import type { BudgetView } from '#lib/budgets/budget-view.ts'
import { budgetFactsOf } from './budget-facts-of.ts'

const soonMs = 7 * 86_400_000

/** A budget with the page of what it binds and, while something is left, when that is used up. */
export function fullBudgetOf(budget: BudgetView, slug: string, forecast: Map<string, Date>): FullBudget {
  const { id, scope, scopeId, availableNanos } = budget
  const usedUpAt = availableNanos > 0n ? (forecast.get(id) ?? null) : null
  return {
    ...budgetFactsOf(budget),
    href: scope === 'key' || scope === 'project' ? `/${slug}/${scope}s/${scopeId}` : null,
    usedUpAt: usedUpAt?.toISOString() ?? null,
    endsSoon: usedUpAt !== null && usedUpAt.getTime() < Date.now() + soonMs,
  }
}
