import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { BudgetFacts } from '../budgets/budget-facts.ts'
import { ResetsAt } from '../budgets/resets-at.tsx'
import { cn } from '../ui/cn.ts'
import { SpendBar } from '../ui/spend-bar.tsx'
import { Time } from '../ui/time.tsx'

export interface FullBudget extends BudgetFacts {
  /** Of what it binds; null where it has no page. */
  href: string | null
  /** ISO 8601: when it is used up if it goes on like this week; null: it lasts. */
  usedUpAt: string | null
  /** Whether that is within a week. */
  endsSoon: boolean
}

/** Budgets burning down: whose, how far, until when. */
export function FullestBudgets({ budgets, label }: { budgets: readonly FullBudget[]; label: string }) {
  const t = useTranslations('console.budget')
  const tForecast = useTranslations('overview.budgets')
  const tScope = useTranslations('overview.budgets.scopes')
  return (
    <ul aria-label={label} className="grid gap-x-12 gap-y-6 sm:grid-cols-2">
      {budgets.map((budget) => (
        <li key={budget.id} className="grid min-w-0 grid-cols-1 content-start gap-1.5">
          <div className="flex items-baseline justify-between gap-x-4 text-sm">
            <p className="min-w-0 truncate">
              {budget.href ? (
                <Link href={budget.href} className="rounded-sm font-medium underline-offset-4 hover:underline">
                  {budget.scopeName}
                </Link>
              ) : (
                <span className="font-medium">{budget.scopeName}</span>
              )}
              <span className="text-muted">
                {' · '}
                {tScope(budget.scope)}
                {' · '}
                {t(`names.${budget.period}`)}
                {budget.model ? ` · ${t('onlyModel', { model: budget.model })}` : null}
              </span>
            </p>
            <ResetsAt at={budget.resetsAt} className="text-xs" />
          </div>
          <SpendBar spentUsd={budget.spentUsd} reservedUsd={budget.reservedUsd} limitUsd={budget.limitUsd} />
          {budget.usedUpAt ? (
            <p className={cn('text-xs', budget.endsSoon ? 'text-warning-text' : 'text-muted')}>
              {tForecast('usedUp')} <Time at={budget.usedUpAt} />
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
