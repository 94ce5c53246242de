'use client'

import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { toast } from '../ui/toast.ts'
import type { AskFacts } from './ask-facts.ts'
import type { AskActions } from './budget-actions.ts'

interface DeclineDialogProps {
  ask: AskFacts
  decline: AskActions['decline']
  refusalOf: (failure: ActionFailure) => string
  isOpen: boolean
  onClose: () => void
}

export function DeclineDialog({ ask, decline, refusalOf, isOpen, onClose }: DeclineDialogProps) {
  const t = useTranslations('budgets.asks.decline')
  const common = useTranslations('common')
  const [note, setNote] = useState('')
  const [refusal, setRefusal] = useState<string | null>(null)
  const [pending, start] = useTransition()
  const submit = () =>
    start(async () => {
      const { failure } = await decline(ask.id, note)
      if (failure) return setRefusal(refusalOf(failure))
      toast.success(t('done'))
      onClose()
    })
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size="sm"
        title={t('title')}
        description={t('description')}
        footer={
          <>
            <DialogClose asChild>
              <Button disabled={pending}>{common('cancel')}</Button>
            </DialogClose>
            <Button variant="danger" pending={pending} onClick={submit}>
              {t('submit')}
            </Button>
          </>
        }
      >
        <Field label={t('note')} optional>
          <Input maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
        {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
      </DialogContent>
    </Dialog>
  )
}
