import type { BudgetActions } from './budget-actions.ts'
import type { BudgetFacts } from './budget-facts.ts'
import { BudgetMeter } from './budget-meter.tsx'

interface BudgetListProps {
  budgets: readonly BudgetFacts[]
  label: string
  /** Null or absent: only to be looked at. */
  actions?: BudgetActions | null
}

/** Budgets side by side: whose each is, how far it is used, when it starts anew. */
export function BudgetList({ budgets, label, actions = null }: BudgetListProps) {
  return (
    <ul aria-label={label} className="grid gap-x-12 gap-y-8 sm:grid-cols-2">
      {budgets.map((budget) => (
        <li key={budget.id} className="min-w-0">
          <BudgetMeter budget={budget} withScope actions={actions} />
        </li>
      ))}
    </ul>
  )
}
