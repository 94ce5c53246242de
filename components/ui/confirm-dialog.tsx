'use client'

import { useTranslations } from 'next-intl'
import { AlertDialog as Primitive } from 'radix-ui'
import { type ReactNode, useId, useState, useTransition } from 'react'
import { Button } from './button.tsx'
import { Callout } from './callout.tsx'
import { cn } from './cn.ts'
import { overlayStyle } from './dialog.tsx'
import { Input } from './input.tsx'

export interface ConfirmDialogProps {
  /** The button that asks; leave it out when `open` is controlled. */
  trigger?: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** A question: "Revoke this key?" */
  title: ReactNode
  /** What will happen, and whether it can be undone. */
  description: ReactNode
  /** The verb of the title: "Revoke key". */
  confirmLabel: string
  tone?: 'neutral' | 'danger'
  /** Must be typed before the button works; for what cannot be undone and touches many. */
  phrase?: string
  /** A server action or any promise. The dialog closes when it resolves, unless it resolves to an error to show. */
  onConfirm: (() => Promise<{ error: string } | undefined>) | (() => Promise<void>)
}

export function ConfirmDialog({ trigger, title, description, confirmLabel, phrase, ...rest }: ConfirmDialogProps) {
  const t = useTranslations('ui')
  const phraseId = useId()
  const [ownOpen, setOwnOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [pending, start] = useTransition()
  const open = rest.open ?? ownOpen
  const change = (next: boolean) => {
    if (pending) return
    setOwnOpen(next)
    rest.onOpenChange?.(next)
    setTyped('')
    setError(null)
  }
  const confirm = () =>
    start(async () => {
      const result = await rest.onConfirm()
      if (result?.error) {
        setError(result.error)
        return
      }
      setOwnOpen(false)
      rest.onOpenChange?.(false)
    })
  return (
    <Primitive.Root open={open} onOpenChange={change}>
      {trigger ? <Primitive.Trigger asChild>{trigger}</Primitive.Trigger> : null}
      <Primitive.Portal>
        <Primitive.Overlay className={overlayStyle} />
        <Primitive.Content
          className={cn(
            'fixed inset-x-4 bottom-4 z-50 grid grid-cols-1 gap-5 rounded-xl border bg-surface p-5 shadow-dialog outline-none duration-150',
            'sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-full sm:max-w-md sm:-translate-x-1/2 sm:-translate-y-1/2',
            'data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 sm:data-[state=open]:zoom-in-[0.98]',
          )}
        >
          <div className="grid gap-1.5">
            <Primitive.Title className="font-semibold text-lg">{title}</Primitive.Title>
            <Primitive.Description className="text-muted text-sm">{description}</Primitive.Description>
          </div>
          {phrase ? (
            <div className="grid gap-1.5">
              <label htmlFor={phraseId} className="text-sm">
                {t.rich('confirm.type', {
                  phrase,
                  b: (chunks) => <strong className="font-semibold">{chunks}</strong>,
                })}
              </label>
              <Input id={phraseId} value={typed} onChange={(event) => setTyped(event.target.value)} />
            </div>
          ) : null}
          {error ? <Callout tone="danger">{error}</Callout> : null}
          <div className="flex flex-wrap justify-end gap-2">
            <Primitive.Cancel asChild>
              <Button disabled={pending}>{t('cancel')}</Button>
            </Primitive.Cancel>
            <Button
              variant={rest.tone === 'danger' ? 'danger' : 'primary'}
              pending={pending}
              disabled={phrase !== undefined && typed.trim() !== phrase}
              onClick={confirm}
            >
              {confirmLabel}
            </Button>
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
