'use client'

import { Pencil } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState, useTransition } from 'react'
import { parseUsd } from '#lib/core/money.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover.tsx'
import { toast } from '../ui/toast.ts'
import type { BudgetActions } from './budget-actions.ts'
import type { BudgetFacts } from './budget-facts.ts'
import { useBudgetName } from './use-budget-name.ts'

/** The limit, changed where it stands, and where it warns on the way there. */
export function EditLimit({ budget, change }: { budget: BudgetFacts; change: BudgetActions['change'] }) {
  const t = useTranslations('budgets')
  const common = useTranslations('common')
  const failed = useTranslations('console.failure')
  const nameOf = useBudgetName()
  const [isOpen, setOpen] = useState(false)
  const [limitUsd, setLimit] = useState(budget.ownLimitUsd)
  const [warnings, setWarnings] = useState(() => budget.warnPercents.join(', '))
  const [error, setError] = useState<string | undefined>()
  const [warningsError, setWarningsError] = useState<string | undefined>()
  const [pending, start] = useTransition()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const warnPercents = readPercents(warnings)
    setError(parseUsd(limitUsd) === null ? t('errors.limit') : undefined)
    setWarningsError(warnPercents === null ? t('errors.percents') : undefined)
    if (parseUsd(limitUsd) === null || warnPercents === null) return
    start(async () => {
      const { failure } = await change(budget.id, limitUsd, warnPercents)
      if (failure) return setError(failure.param ? t('errors.limit') : failureText(failed, failure))
      toast.success(t('edit.done'))
      setOpen(false)
    })
  }
  return (
    <Popover
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open)
        setLimit(budget.ownLimitUsd)
        setWarnings(budget.warnPercents.join(', '))
        setError(undefined)
        setWarningsError(undefined)
      }}
    >
      <PopoverTrigger>
        <Button variant="ghost" size="icon-sm" aria-label={t('edit.label', { budget: nameOf(budget) })}>
          <Pencil />
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label={t('edit.label', { budget: nameOf(budget) })}>
        <form onSubmit={submit} noValidate className="grid gap-3">
          <Field label={t('edit.limit')} error={error} hint={t('edit.hint')}>
            <Input prefix="$" inputMode="decimal" value={limitUsd} onChange={(event) => setLimit(event.target.value)} />
          </Field>
          <Field label={t('edit.warnings')} error={warningsError} hint={t('edit.warningsHint')}>
            <Input value={warnings} onChange={(event) => setWarnings(event.target.value)} />
          </Field>
          <Button variant="primary" type="submit" pending={pending} className="justify-self-end">
            {common('save')}
          </Button>
        </form>
      </PopoverContent>
    </Popover>
  )
}

const mostWarnings = 8

/** "50, 80" as percentages of 1 to 100; null: it is none. */
function readPercents(text: string): number[] | null {
  const percents = text
    .split(/[\s,;%，、；]+/)
    .filter(Boolean)
    .map(Number)
  const fits = percents.every((percent) => Number.isInteger(percent) && percent >= 1 && percent <= 100)
  return fits && percents.length <= mostWarnings ? percents : null
}
