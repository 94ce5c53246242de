'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useId, useState, useTransition } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { PasswordInput } from '../auth/password-input.tsx'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import type { SecondFactorFacts } from './second-factor-facts.ts'

interface ProofDialogProps {
  title: ReactNode
  description: ReactNode
  submitLabel: string
  tone?: 'neutral' | 'danger'
  proof: SecondFactorFacts['proof']
  /** More to fill in. */
  children?: ReactNode
  /** Goes on with the proof, or answers why not. */
  onProof: (proof: string) => Promise<ActionFailure | null>
  onClose: () => void
}

/** Asks for what only the person knows, before how they sign in changes. */
export function ProofDialog({ title, description, submitLabel, tone, proof, children, ...rest }: ProofDialogProps) {
  const t = useTranslations('account.secondFactor')
  const common = useTranslations('common')
  const failed = useTranslations('console.failure')
  const formId = useId()
  const [failure, setFailure] = useState<ActionFailure | null>(null)
  const [pending, start] = useTransition()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = String(new FormData(event.currentTarget).get('proof') ?? '')
    setFailure(null)
    start(async () => setFailure(await rest.onProof(typed)))
  }
  const isWrong = failure?.param === 'proof'
  return (
    <Dialog open onOpenChange={(open) => !open && !pending && rest.onClose()}>
      <DialogContent
        size="sm"
        title={title}
        description={description}
        footer={
          <>
            <DialogClose asChild>
              <Button disabled={pending}>{common('cancel')}</Button>
            </DialogClose>
            <Button variant={tone === 'danger' ? 'danger' : 'primary'} type="submit" form={formId} pending={pending}>
              {submitLabel}
            </Button>
          </>
        }
      >
        <form id={formId} onSubmit={submit} noValidate className="grid grid-cols-1 gap-5">
          {children}
          {proof === 'nothing' ? null : (
            <Field label={t(`proof.${proof}`)} required error={isWrong ? t('proof.wrong') : undefined}>
              <PasswordInput name="proof" autoComplete="current-password" autoFocus />
            </Field>
          )}
          {failure && !isWrong ? (
            <Callout tone="danger">
              {failure.param === 'proof_limited' ? t('proof.limited') : failureText(failed, failure)}
            </Callout>
          ) : null}
        </form>
      </DialogContent>
    </Dialog>
  )
}
