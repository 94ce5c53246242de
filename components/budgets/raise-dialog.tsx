'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState, useTransition } from 'react'
import { parseUsd } from '#lib/core/money.ts'
import { shiftDate } from '#lib/core/shift-date.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { toast } from '../ui/toast.ts'
import type { BudgetActions } from './budget-actions.ts'
import type { BudgetFacts } from './budget-facts.ts'
import { useBudgetName } from './use-budget-name.ts'

interface RaiseDialogProps {
  budget: BudgetFacts
  isOpen: boolean
  onClose: () => void
  actions: Pick<BudgetActions, 'raise' | 'today' | 'timeZone'>
}

const suggestedDays = 7

/** More for a while. It ends by itself. */
export function RaiseDialog({ budget, isOpen, onClose, actions }: RaiseDialogProps) {
  const t = useTranslations('budgets.raise')
  const common = useTranslations('common')
  const nameOf = useBudgetName()
  const formId = useId()
  const [pending, start] = useTransition()
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title')}
        description={nameOf(budget)}
        footer={
          <>
            <DialogClose asChild>
              <Button disabled={pending}>{common('cancel')}</Button>
            </DialogClose>
            <Button variant="primary" type="submit" form={formId} pending={pending}>
              {t('submit')}
            </Button>
          </>
        }
      >
        <RaiseForm id={formId} budget={budget} actions={actions} start={start} onClose={onClose} />
      </DialogContent>
    </Dialog>
  )
}

interface RaiseFormProps extends Omit<RaiseDialogProps, 'isOpen'> {
  id: string
  start: (work: () => Promise<void>) => void
}

function RaiseForm({ id, budget, actions, start, onClose }: RaiseFormProps) {
  const t = useTranslations('budgets.raise')
  const tErrors = useTranslations('budgets.errors')
  const failed = useTranslations('console.failure')
  const [draft, setDraft] = useState(() => ({
    amountUsd: '',
    lastDay: shiftDate(actions.today, suggestedDays),
    reason: '',
  }))
  const [problem, setProblem] = useState<'amount' | 'day' | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setRefusal(null)
    if (!parseUsd(draft.amountUsd)) return setProblem('amount')
    if (draft.lastDay < actions.today) return setProblem('day')
    setProblem(null)
    start(async () => {
      const { failure } = await actions.raise(budget.id, draft)
      if (failure?.param === 'amountNanos') return setProblem('amount')
      if (failure?.param === 'until') return setProblem('day')
      if (failure) return setRefusal(failureText(failed, failure))
      toast.success(t('done'))
      onClose()
    })
  }
  return (
    <form id={id} onSubmit={submit} noValidate className="grid grid-cols-1 gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('amount')} required error={problem === 'amount' ? tErrors('amount') : undefined}>
          <Input
            prefix="$"
            inputMode="decimal"
            value={draft.amountUsd}
            onChange={(event) => setDraft({ ...draft, amountUsd: event.target.value })}
          />
        </Field>
        <Field
          label={t('lastDay')}
          hint={t('lastDayHint', { zone: actions.timeZone })}
          error={problem === 'day' ? tErrors('day') : undefined}
        >
          <Input
            type="date"
            min={actions.today}
            max={shiftDate(actions.today, 364)}
            value={draft.lastDay}
            onChange={(event) => setDraft({ ...draft, lastDay: event.target.value })}
          />
        </Field>
      </div>
      <Field label={t('reason')} optional>
        <Input
          maxLength={500}
          value={draft.reason}
          onChange={(event) => setDraft({ ...draft, reason: event.target.value })}
        />
      </Field>
      <p className="text-muted text-sm">{t(budget.period === 'total' ? 'noteTotal' : 'notePeriod')}</p>
      {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
    </form>
  )
}
