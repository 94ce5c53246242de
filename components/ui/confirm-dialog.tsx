'use client'

import { Slot } from 'radix-ui'
import { type ReactNode, useState, useTransition } from 'react'
import { fetchQuietly, late } from './late.ts'
import { useLate } from './use-late.ts'

const confirmParts = late(() => import('./confirm-dialog-content.tsx'))

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
  const [ownOpen, setOwnOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [pending, start] = useTransition()
  const open = rest.open ?? ownOpen
  const parts = useLate(confirmParts, open)
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
    <>
      {trigger ? (
        <Slot.Root
          aria-haspopup="dialog"
          aria-expanded={open}
          onPointerEnter={() => fetchQuietly(confirmParts)}
          onFocus={() => fetchQuietly(confirmParts)}
          onClick={() => change(true)}
        >
          {trigger}
        </Slot.Root>
      ) : null}
      {parts ? (
        <parts.Root open={open} onOpenChange={change}>
          <parts.ConfirmDialogContent
            {...{ title, description, confirmLabel, phrase, typed, error, pending }}
            tone={rest.tone}
            onType={setTyped}
            onConfirm={confirm}
          />
        </parts.Root>
      ) : null}
    </>
  )
}
