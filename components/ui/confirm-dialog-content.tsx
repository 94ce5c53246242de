'use client'

import { useTranslations } from 'next-intl'
import { AlertDialog as Primitive } from 'radix-ui'
import { type ReactNode, useId } from 'react'
import { Button } from './button.tsx'
import { Callout } from './callout.tsx'
import { cn } from './cn.ts'
import { Input } from './input.tsx'
import { dialogBodyStyle, dialogFooterStyle, dialogStyle, overlayStyle } from './overlay-style.ts'
import { useOpener } from './use-opener.ts'

export const { Root } = Primitive

interface ConfirmDialogContentProps {
  title: ReactNode
  description: ReactNode
  confirmLabel: string
  tone: 'neutral' | 'danger' | undefined
  phrase: string | undefined
  typed: string
  onType: (typed: string) => void
  error: string | null
  pending: boolean
  onConfirm: () => void
}

/** Inside of a `Root`. */
export function ConfirmDialogContent({ title, description, phrase, ...rest }: ConfirmDialogContentProps) {
  const t = useTranslations('ui')
  const phraseId = useId()
  const opener = useOpener()
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayStyle} />
      <Primitive.Content {...opener} className={cn(dialogStyle, 'sm:max-w-lg')}>
        <div className="grid gap-1 px-5 pt-5 pb-4">
          <Primitive.Title className="font-semibold text-lg">{title}</Primitive.Title>
          <Primitive.Description className="text-muted text-sm">{description}</Primitive.Description>
        </div>
        {phrase || rest.error ? (
          <div className={dialogBodyStyle}>
            {phrase ? (
              <div className="grid gap-1.5">
                <label htmlFor={phraseId} className="text-sm">
                  {t.rich('confirm.type', {
                    phrase,
                    b: (chunks) => <strong className="font-semibold">{chunks}</strong>,
                  })}
                </label>
                <Input id={phraseId} value={rest.typed} onChange={(event) => rest.onType(event.target.value)} />
              </div>
            ) : null}
            {rest.error ? <Callout tone="danger">{rest.error}</Callout> : null}
          </div>
        ) : null}
        <div className={dialogFooterStyle}>
          <Primitive.Cancel asChild>
            <Button disabled={rest.pending}>{t('cancel')}</Button>
          </Primitive.Cancel>
          <Button
            variant={rest.tone === 'danger' ? 'danger' : 'primary'}
            pending={rest.pending}
            disabled={phrase !== undefined && rest.typed.trim() !== phrase}
            onClick={rest.onConfirm}
          >
            {rest.confirmLabel}
          </Button>
        </div>
      </Primitive.Content>
    </Primitive.Portal>
  )
}
