import type { RaiseFacts } from '#components/budgets/raise-facts.ts'
import type { RaiseView } from '#lib/budgets/raise-view.ts'
import { formatUsd } from '#lib/core/money.ts'

export function raiseFactsOf(raise: RaiseView, budgetName: string | null): RaiseFacts {
  return {
    id: raise.id,
    budgetId: raise.budgetId,
    budgetName,
    amountUsd: formatUsd(raise.amountNanos),
    until: raise.until.toISOString(),
    reason: raise.reason,
    isRunning: raise.status === 'running',
    givenBy: raise.givenBy,
    createdAt: raise.createdAt.toISOString(),
    endedAt: raise.endedAt?.toISOString() ?? null,
  }
}
