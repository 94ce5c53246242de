'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState, useTransition } from 'react'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import type { QrPicture } from '../ui/qr-of.ts'
import type { SecondFactorActions } from './second-factor-facts.ts'

interface TotpDialogProps {
  secret: string
  qr: QrPicture
  confirm: SecondFactorActions['confirmTotp']
  onDone: (codes: string[] | null) => void
  onClose: () => void
}

const quietModules = 2

/** The secret for an app's camera and by hand, and the first code that shows that it arrived. */
export function TotpDialog({ secret, qr, confirm, onDone, onClose }: TotpDialogProps) {
  const t = useTranslations('account.secondFactor.totp')
  const proof = useTranslations('account.secondFactor.proof')
  const common = useTranslations('common')
  const failed = useTranslations('console.failure')
  const formId = useId()
  const [problem, setProblem] = useState<{ field?: string; form?: string }>({})
  const [pending, start] = useTransition()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code') ?? '')
    start(async () => {
      const { value, failure } = await confirm(code)
      if (!failure) return onDone(value)
      if (failure.param === 'code') setProblem({ field: t('wrong') })
      else setProblem({ form: failure.param === 'proof_limited' ? proof('limited') : failureText(failed, failure) })
    })
  }
  const size = qr.sizeModules + 2 * quietModules
  return (
    <Dialog open onOpenChange={(open) => !open && !pending && onClose()}>
      <DialogContent
        title={t('title')}
        description={t('description')}
        footer={
          <>
            <DialogClose asChild>
              <Button disabled={pending}>{common('cancel')}</Button>
            </DialogClose>
            <Button variant="primary" type="submit" form={formId} pending={pending}>
              {t('confirm')}
            </Button>
          </>
        }
      >
        <svg
          role="img"
          aria-label={t('picture')}
          viewBox={`${-quietModules} ${-quietModules} ${size} ${size}`}
          shapeRendering="crispEdges"
          className="size-48 justify-self-center rounded-lg bg-[white] text-[black]"
        >
          <path d={qr.path} fill="currentColor" />
        </svg>
        <div className="grid gap-1.5">
          <span className="text-muted text-sm">{t('byHand')}</span>
          <div className="flex items-center gap-2 rounded-lg bg-sunken py-1 pr-1 pl-3">
            <code className="min-w-0 flex-1 select-all break-all font-mono text-sm">
              {secret.match(/.{1,4}/g)?.join(' ')}
            </code>
            <CopyButton value={secret} />
          </div>
        </div>
        <form id={formId} onSubmit={submit} noValidate className="grid grid-cols-1 gap-4">
          <Field label={t('code')} required error={problem.field}>
            <Input name="code" inputMode="numeric" autoComplete="one-time-code" maxLength={10} mono />
          </Field>
          {problem.form ? <Callout tone="danger">{problem.form}</Callout> : null}
        </form>
      </DialogContent>
    </Dialog>
  )
}
