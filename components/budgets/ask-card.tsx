'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Money } from '../money.tsx'
import { Button } from '../ui/button.tsx'
import { lateDialog } from '../ui/late-dialog.tsx'
import { Time } from '../ui/time.tsx'
import { toast } from '../ui/toast.ts'
import type { AskFacts } from './ask-facts.ts'
import type { AskActions, BudgetActions } from './budget-actions.ts'
import type { BudgetFacts } from './budget-facts.ts'

const ApproveDialog = lateDialog(async () => (await import('./approve-dialog.tsx')).ApproveDialog)
const DeclineDialog = lateDialog(async () => (await import('./decline-dialog.tsx')).DeclineDialog)

interface AskCardProps {
  ask: AskFacts
  keyHref: string
  /** That bind the key: first the one that stands in the way. */
  budgets: readonly BudgetFacts[]
  actions: (AskActions & Pick<BudgetActions, 'today' | 'timeZone'>) | null
}

/** Somebody asks for more: granted with one press, or with a word on it. */
export function AskCard({ ask, keyHref, budgets, actions }: AskCardProps) {
  const t = useTranslations('budgets.asks')
  const failed = useTranslations('console.failure')
  const [open, setOpen] = useState<'approve' | 'decline' | null>(null)
  const [pending, start] = useTransition()
  const refusalOf = (failure: ActionFailure) =>
    failure.code === 'forbidden' ? t('notYours') : failureText(failed, failure)
  const approve = () =>
    start(async () => {
      const { failure } = await actions!.approve(ask.id, {
        budgetId: null,
        amountUsd: ask.amountUsd,
        lastDay: null,
        note: '',
      })
      if (failure) toast.error(refusalOf(failure))
      else toast.success(t('approved'))
    })
  return (
    <article
      aria-label={t('label', { name: ask.memberName ?? ask.key.name })}
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-lg bg-accent-soft px-4 py-3"
    >
      <div className="grid min-w-56 flex-1 gap-0.5">
        <p className="text-sm">
          {t.rich('line', {
            name: ask.memberName ?? ask.key.name,
            amount: () => <Money usd={ask.amountUsd} className="font-semibold" />,
            key: () => (
              <Link href={keyHref} className="rounded-sm font-medium underline-offset-4 hover:underline">
                {ask.key.name}
              </Link>
            ),
          })}
        </p>
        <p className="break-words text-muted text-sm">
          {ask.purpose} · <Time at={ask.createdAt} />
        </p>
      </div>
      {actions ? (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" variant="ghost" onClick={() => setOpen('decline')}>
            {t('decline.button')}
          </Button>
          <Button size="sm" onClick={() => setOpen('approve')}>
            {t('approve.other')}
          </Button>
          <Button size="sm" variant="primary" pending={pending} onClick={approve}>
            {t('approve.button')}
          </Button>
          <ApproveDialog
            ask={ask}
            budgets={budgets}
            actions={actions}
            refusalOf={refusalOf}
            isOpen={open === 'approve'}
            onClose={() => setOpen(null)}
          />
          <DeclineDialog
            ask={ask}
            decline={actions.decline}
            refusalOf={refusalOf}
            isOpen={open === 'decline'}
            onClose={() => setOpen(null)}
          />
        </div>
      ) : null}
    </article>
  )
}
