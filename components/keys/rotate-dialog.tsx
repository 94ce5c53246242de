'use client'

import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import type { ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import type { ShownSecret } from './secret-dialog.tsx'

interface RotateDialogProps {
  name: string
  open: boolean
  onOpenChange: (open: boolean) => void
  rotate: (graceSeconds: number) => Promise<ActionResult<ShownSecret>>
  onRotated: (shown: ShownSecret) => void
}

const graces = ['0', '3600', '86400', '604800'] as const

type Grace = (typeof graces)[number]

/** A new secret, and how long the old one lives beside it. */
export function RotateDialog({ name, open, onOpenChange, rotate, onRotated }: RotateDialogProps) {
  const t = useTranslations('keys')
  const tUi = useTranslations('ui')
  const tFailure = useTranslations('console.failure')
  const [grace, setGrace] = useState<Grace>('86400')
  const [error, setError] = useState<string | null>(null)
  const [pending, start] = useTransition()
  const confirm = () =>
    start(async () => {
      const { value, failure } = await rotate(Number(grace))
      if (failure) setError(failure.code === 'conflict' ? t('problem.revoked') : failureText(tFailure, failure))
      else onRotated(value)
    })
  return (
    <Dialog open={open} onOpenChange={(next) => !pending && onOpenChange(next)}>
      <DialogContent
        title={t('rotate.title', { name })}
        description={t('rotate.description')}
        footer={
          <>
            <DialogClose asChild>
              <Button disabled={pending}>{tUi('cancel')}</Button>
            </DialogClose>
            <Button variant="primary" pending={pending} onClick={confirm}>
              {t('rotate.confirm')}
            </Button>
          </>
        }
      >
        <Field label={t('rotate.grace')}>
          <RadioCards
            layout="segmented"
            value={grace}
            onValueChange={(value) => setGrace(value as Grace)}
            options={graces.map((value) => ({ value, label: t(`rotate.graces.${value}`) }))}
          />
        </Field>
        {grace === '0' ? <Callout tone="warning">{t('rotate.warning')}</Callout> : null}
        {error ? <Callout tone="danger">{error}</Callout> : null}
      </DialogContent>
    </Dialog>
  )
}
