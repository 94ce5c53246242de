'use client'

import { Slot } from 'radix-ui'
import { type ComponentProps, createContext, type ReactElement, type ReactNode, useContext } from 'react'
import { cn } from './cn.ts'
import { fetchQuietly, late } from './late.ts'
import type * as Parts from './popover-parts.tsx'
import { useLate } from './use-late.ts'

export const popoverParts = late(() => import('./popover-parts.tsx'))

const PopoverContext = createContext<{ parts: typeof Parts | null; open: () => void }>({
  parts: null,
  open: () => undefined,
})

interface PopoverProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  children: ReactNode
}

/** Until it is first opened it is its button alone. */
export function Popover({ open, onOpenChange, children }: PopoverProps) {
  const parts = useLate(popoverParts, open)
  return (
    <PopoverContext value={{ parts, open: () => onOpenChange(true) }}>
      {parts ? (
        <parts.Root open={open} onOpenChange={onOpenChange}>
          {children}
        </parts.Root>
      ) : (
        children
      )}
    </PopoverContext>
  )
}

/** Around the one button that opens it. */
export function PopoverTrigger({ children }: { children: ReactElement }) {
  const { parts, open } = useContext(PopoverContext)
  if (parts) return <parts.Trigger asChild>{children}</parts.Trigger>
  return (
    <Slot.Root
      aria-haspopup="dialog"
      aria-expanded={false}
      data-state="closed"
      onPointerEnter={() => fetchQuietly(popoverParts)}
      onFocus={() => fetchQuietly(popoverParts)}
      onClick={open}
    >
      {children}
    </Slot.Root>
  )
}

export function PopoverContent({ className, ...rest }: ComponentProps<typeof Parts.Content>) {
  const { parts } = useContext(PopoverContext)
  return parts ? <parts.Content {...rest} className={cn('w-72 p-4 text-sm', className)} /> : null
}
