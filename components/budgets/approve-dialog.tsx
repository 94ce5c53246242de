'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState, useTransition } from 'react'
import { parseUsd } from '#lib/core/money.ts'
import { shiftDate } from '#lib/core/shift-date.ts'
import type { ActionFailure } from '../action-result.ts'
import { displayUsd } from '../display-usd.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import { Select } from '../ui/select.tsx'
import { toast } from '../ui/toast.ts'
import type { AskFacts } from './ask-facts.ts'
import type { AskActions, BudgetActions } from './budget-actions.ts'
import type { BudgetFacts } from './budget-facts.ts'
import { useBudgetName } from './use-budget-name.ts'

interface ApproveDialogProps {
  ask: AskFacts
  budgets: readonly BudgetFacts[]
  actions: AskActions & Pick<BudgetActions, 'today' | 'timeZone'>
  refusalOf: (failure: ActionFailure) => string
  isOpen: boolean
  onClose: () => void
}

const suggestedDays = 7

/** How much, of which budget, for how long. */
export function ApproveDialog({ isOpen, onClose, ...rest }: ApproveDialogProps) {
  const t = useTranslations('budgets.asks.approve')
  const common = useTranslations('common')
  const formId = useId()
  const [pending, start] = useTransition()
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title')}
        description={rest.ask.purpose}
        footer={
          <>
            <DialogClose asChild>
              <Button disabled={pending}>{common('cancel')}</Button>
            </DialogClose>
            <Button variant="primary" type="submit" form={formId} pending={pending}>
              {t('button')}
            </Button>
          </>
        }
      >
        <ApproveForm {...rest} id={formId} start={start} onClose={onClose} />
      </DialogContent>
    </Dialog>
  )
}

interface ApproveFormProps extends Omit<ApproveDialogProps, 'isOpen'> {
  id: string
  start: (work: () => Promise<void>) => void
}

function ApproveForm({ ask, budgets, actions, refusalOf, id, start, onClose }: ApproveFormProps) {
  const t = useTranslations('budgets.asks')
  const tErrors = useTranslations('budgets.errors')
  const tRaise = useTranslations('budgets.raise')
  const nameOf = useBudgetName()
  const [amountUsd, setAmount] = useState(ask.amountUsd)
  const [budgetId, setBudget] = useState(budgets[0]?.id ?? '')
  const [isForGood, setForGood] = useState(true)
  const [lastDay, setLastDay] = useState(() => shiftDate(actions.today, suggestedDays))
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<'amount' | 'day' | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setRefusal(null)
    if (!parseUsd(amountUsd)) return setProblem('amount')
    if (!isForGood && lastDay < actions.today) return setProblem('day')
    setProblem(null)
    start(async () => {
      const draft = { budgetId: budgetId || null, amountUsd, lastDay: isForGood ? null : lastDay, note }
      const { failure } = await actions.approve(ask.id, draft)
      if (failure) return setRefusal(refusalOf(failure))
      toast.success(t('approved'))
      onClose()
    })
  }
  return (
    <form id={id} onSubmit={submit} noValidate className="grid grid-cols-1 gap-5">
      <Field label={t('approve.budget')} hint={t('approve.budgetHint')}>
        <Select
          value={budgetId}
          onValueChange={setBudget}
          options={budgets.map((budget) => ({
            value: budget.id,
            label: nameOf(budget),
            description: t('approve.left', {
              left: displayUsd(budget.availableUsd),
              limit: displayUsd(budget.limitUsd),
            }),
          }))}
        />
      </Field>
      <Field label={t('approve.amount')} required error={problem === 'amount' ? tErrors('amount') : undefined}>
        <Input
          prefix="$"
          inputMode="decimal"
          className="max-w-36"
          value={amountUsd}
          onChange={(event) => setAmount(event.target.value)}
        />
      </Field>
      <RadioCards
        aria-label={t('approve.howLong')}
        value={isForGood ? 'good' : 'while'}
        onValueChange={(value) => setForGood(value === 'good')}
        options={[
          { value: 'good', label: t('approve.forGood'), description: t('approve.forGoodHint') },
          { value: 'while', label: t('approve.forAWhile'), description: t('approve.forAWhileHint') },
        ]}
      />
      {isForGood ? null : (
        <Field
          label={tRaise('lastDay')}
          hint={tRaise('lastDayHint', { zone: actions.timeZone })}
          error={problem === 'day' ? tErrors('day') : undefined}
        >
          <Input
            type="date"
            min={actions.today}
            max={shiftDate(actions.today, 364)}
            className="max-w-48"
            value={lastDay}
            onChange={(event) => setLastDay(event.target.value)}
          />
        </Field>
      )}
      <Field label={t('approve.note')} optional>
        <Input maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
      {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
    </form>
  )
}
