'use client'

import { HandCoins } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState, useTransition } from 'react'
import { parseUsd } from '#lib/core/money.ts'
import type { ActionResult } from '../action-result.ts'
import type { AskFacts } from '../budgets/ask-facts.ts'
import { failureText } from '../failure-text.ts'
import { Money } from '../money.tsx'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Textarea } from '../ui/textarea.tsx'
import { Time } from '../ui/time.tsx'
import { toast } from '../ui/toast.ts'

export type AskAction = (draft: { keyId: string; amountUsd: string; purpose: string }) => Promise<ActionResult<null>>

interface AskForMoreProps {
  keyId: string
  /** The newest one for this key. */
  last: AskFacts | null
  ask: AskAction
}

/** Asks for more and says what came of it. Works when nothing is left. */
export function AskForMore({ keyId, last, ask }: AskForMoreProps) {
  const t = useTranslations('me.ask')
  const common = useTranslations('common')
  const formId = useId()
  const [isOpen, setOpen] = useState(false)
  const [pending, start] = useTransition()
  return (
    <div className="grid gap-3">
      {last ? <Outcome ask={last} /> : null}
      {last?.status === 'open' ? null : (
        <Button className="w-fit" onClick={() => setOpen(true)}>
          <HandCoins />
          {t('button')}
        </Button>
      )}
      <Dialog open={isOpen} onOpenChange={setOpen}>
        <DialogContent
          title={t('title')}
          description={t('description')}
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
          <AskForm id={formId} keyId={keyId} ask={ask} start={start} onDone={() => setOpen(false)} />
        </DialogContent>
      </Dialog>
    </div>
  )
}

function Outcome({ ask }: { ask: AskFacts }) {
  const t = useTranslations('me.ask')
  const amount = () => <Money usd={ask.status === 'approved' ? ask.grantedUsd : ask.amountUsd} />
  const who = ask.decidedBy ?? ''
  return (
    <Callout tone={ask.status === 'approved' ? 'positive' : ask.status === 'declined' ? 'warning' : 'accent'}>
      <p>
        {ask.status === 'open'
          ? t.rich('open', { amount, when: () => <Time at={ask.createdAt} /> })
          : ask.status === 'declined'
            ? t.rich('declined', { amount, who, when: () => <Time at={ask.decidedAt} /> })
            : ask.until
              ? t.rich('approvedUntil', { amount, who, until: () => <Time at={ask.until} format="datetime" /> })
              : t.rich('approved', { amount, who, when: () => <Time at={ask.decidedAt} /> })}
      </p>
      {ask.note ? <p className="break-words text-muted">{ask.note}</p> : null}
    </Callout>
  )
}

interface AskFormProps extends Omit<AskForMoreProps, 'last'> {
  id: string
  start: (work: () => Promise<void>) => void
  onDone: () => void
}

function AskForm({ id, keyId, ask, start, onDone }: AskFormProps) {
  const t = useTranslations('me.ask')
  const tErrors = useTranslations('budgets.errors')
  const failed = useTranslations('console.failure')
  const [amountUsd, setAmount] = useState('')
  const [purpose, setPurpose] = useState('')
  const [problems, setProblems] = useState<{ amount?: string; purpose?: string }>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setRefusal(null)
    const found = {
      ...(!parseUsd(amountUsd) && { amount: tErrors('amount') }),
      ...(!purpose.trim() && { purpose: t('purposeRequired') }),
    }
    setProblems(found)
    if (Object.keys(found).length > 0) return
    start(async () => {
      const { failure } = await ask({ keyId, amountUsd, purpose: purpose.replace(/\s+/g, ' ') })
      if (failure) return setRefusal(failure.code === 'conflict' ? t('taken') : failureText(failed, failure))
      toast.success(t('sent'))
      onDone()
    })
  }
  return (
    <form id={id} onSubmit={submit} noValidate className="grid grid-cols-1 gap-5">
      <Field label={t('amount')} required error={problems.amount}>
        <Input
          prefix="$"
          inputMode="decimal"
          className="max-w-36"
          value={amountUsd}
          onChange={(event) => setAmount(event.target.value)}
        />
      </Field>
      <Field label={t('purpose')} required hint={t('purposeHint')} error={problems.purpose}>
        <Textarea maxLength={500} value={purpose} onChange={(event) => setPurpose(event.target.value)} />
      </Field>
      {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
    </form>
  )
}
