import { useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import { Badge } from '../ui/badge.tsx'
import { SpendBar } from '../ui/spend-bar.tsx'
import { Time } from '../ui/time.tsx'
import type { BudgetActions } from './budget-actions.ts'
import type { BudgetFacts } from './budget-facts.ts'
import { BudgetTools } from './budget-tools.tsx'
import { ResetsAt } from './resets-at.tsx'

interface BudgetMeterProps {
  budget: BudgetFacts
  /** Says whose it is; without, it stands under a heading that does. */
  withScope?: boolean
  /** `row` says less, where there are many. */
  layout?: 'detail' | 'row'
  /** When it is used up at the pace of late; ISO 8601. */
  usedUpAt?: string | null
  actions: BudgetActions | null
}

/** One budget: spent, reserved and left, when it starts anew, what raises it. */
export function BudgetMeter({
  budget,
  withScope = false,
  layout = 'detail',
  usedUpAt = null,
  actions,
}: BudgetMeterProps) {
  const t = useTranslations('console.budget')
  const tBudgets = useTranslations('budgets')
  return (
    <div className="grid min-w-0 content-start gap-1.5">
      <div className="flex min-h-7 items-center justify-between gap-2">
        <p className="min-w-0 truncate text-sm">
          {withScope ? (
            <>
              <span className="font-medium">{t(`scopes.${budget.scope}`, { name: budget.scopeName })}</span>
              <span className="text-muted">{' · '}</span>
            </>
          ) : null}
          <span className="text-muted">
            {t(`names.${budget.period}`)}
            {budget.model ? ` · ${t('onlyModel', { model: budget.model })}` : null}
            {budget.tag ? ` · ${t('onlyTag', { tag: budget.tag })}` : null}
          </span>
        </p>
        {actions ? <BudgetTools budget={budget} actions={actions} /> : null}
      </div>
      <SpendBar
        layout={layout}
        spentUsd={budget.spentUsd}
        reservedUsd={budget.reservedUsd}
        limitUsd={budget.limitUsd}
      />
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-xs">
        <ResetsAt at={budget.resetsAt} />
        {usedUpAt && Number(budget.availableUsd) > 0 ? (
          <span className="text-warning-text">
            {tBudgets.rich('usedUp', { when: () => <Time at={usedUpAt} format="date" /> })}
          </span>
        ) : null}
        {budget.raisedUsd && budget.raisedUntil ? (
          <Badge tone="accent">
            <span>
              {tBudgets.rich('raised', {
                amount: () => <Money usd={budget.raisedUsd} />,
                when: () => <Time at={budget.raisedUntil} format="datetime" />,
              })}
            </span>
          </Badge>
        ) : null}
      </p>
    </div>
  )
}
