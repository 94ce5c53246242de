'use client'

import type { ComponentProps, ReactNode } from 'react'
import type { Close, DialogContentProps } from './dialog-parts.tsx'
import { late } from './late.ts'
import { useLate } from './use-late.ts'

/** What a dialog is made of comes when one may be opened; what is inside of one may read it. */
export const dialogParts = late(() => import('./dialog-parts.tsx'))

interface DialogProps {
  open: boolean
  onOpenChange?: (open: boolean) => void
  children: ReactNode
}

export function Dialog({ children, ...rest }: DialogProps) {
  const parts = useLate(dialogParts, rest.open)
  return parts ? <parts.Root {...rest}>{children}</parts.Root> : null
}

/** Centred on a desk, from below on a phone. The body scrolls; title and footer stay. Inside of a `Dialog`. */
export function DialogContent(props: DialogContentProps) {
  const parts = dialogParts.now
  return parts ? <parts.DialogContent {...props} /> : null
}

/** Inside of a `DialogContent`. */
export function DialogClose(props: ComponentProps<typeof Close>) {
  const parts = dialogParts.now
  return parts ? <parts.Close {...props} /> : null
}
