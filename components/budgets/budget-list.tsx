import { useTranslations } from 'next-intl'
import { SpendBar } from '../ui/spend-bar.tsx'
import type { BudgetFacts } from './budget-facts.ts'
import { ResetsAt } from './resets-at.tsx'

/** Budgets side by side: whose each is, how far it is used, when it starts anew. */
export function BudgetList({ budgets, label }: { budgets: readonly BudgetFacts[]; label: string }) {
  const t = useTranslations('console.budget')
  return (
    <ul aria-label={label} className="grid gap-x-12 gap-y-8 sm:grid-cols-2">
      {budgets.map((budget) => (
        <li key={budget.id} className="grid min-w-0 content-start gap-2">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
            <p className="min-w-0 truncate">
              <span className="font-medium">{t(`scopes.${budget.scope}`, { name: budget.scopeName })}</span>
              <span className="text-muted">
                {' · '}
                {t(`names.${budget.period}`)}
                {budget.model ? ` · ${t('onlyModel', { model: budget.model })}` : null}
                {budget.tag ? ` · ${t('onlyTag', { tag: budget.tag })}` : null}
              </span>
            </p>
            <ResetsAt at={budget.resetsAt} className="text-xs" />
          </div>
          <SpendBar
            layout="detail"
            spentUsd={budget.spentUsd}
            reservedUsd={budget.reservedUsd}
            limitUsd={budget.limitUsd}
          />
        </li>
      ))}
    </ul>
  )
}
