import { useTranslations } from 'next-intl'
import { tightestOf } from '../budgets/tightest-of.ts'
import { displayUsd } from '../display-usd.ts'
import { SpendBar } from '../ui/spend-bar.tsx'
import type { KeyFacts } from './key-facts.ts'

/** The key's own tightest limit, and below it whatever else leaves it less. */
export function EffectiveSpend({ budgets, spentUsd }: Pick<KeyFacts, 'budgets' | 'spentUsd'>) {
  const t = useTranslations('console.budget')
  const own = tightestOf(budgets.filter((budget) => budget.scope === 'key'))
  const binding = tightestOf(budgets)
  return (
    <div className="grid min-w-0 gap-1">
      {own ? (
        <SpendBar spentUsd={own.spentUsd} reservedUsd={own.reservedUsd} limitUsd={own.limitUsd} />
      ) : (
        <SpendBar spentUsd={spentUsd} limitUsd={null} />
      )}
      {binding && binding.scope !== 'key' ? (
        <span className="text-muted text-xs">
          {t(`boundBy.${binding.scope}`, {
            left: displayUsd(binding.availableUsd),
            limit: displayUsd(binding.limitUsd),
          })}
        </span>
      ) : null}
    </div>
  )
}
