import { useTranslations } from 'next-intl'
import type { BudgetFacts } from './budget-facts.ts'

/** "Project Vision · Monthly · for gpt-4o only". */
export function useBudgetName(): (
  budget: Pick<BudgetFacts, 'scope' | 'scopeName' | 'period' | 'model' | 'tag'>,
) => string {
  const t = useTranslations('console.budget')
  return (budget) =>
    [
      budget.scope === 'key' ? budget.scopeName : t(`scopes.${budget.scope}`, { name: budget.scopeName }),
      t(`names.${budget.period}`),
      budget.model ? t('onlyModel', { model: budget.model }) : null,
      budget.tag ? t('onlyTag', { tag: budget.tag }) : null,
    ]
      .filter(Boolean)
      .join(' · ')
}
