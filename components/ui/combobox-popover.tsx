'use client'

import { Popover as Primitive } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { cn } from './cn.ts'
import { ComboboxList, type ComboboxListProps } from './combobox-list.tsx'
import { floatingStyle } from './menu-style.ts'

interface ComboboxPopoverProps extends ComboboxListProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The button that opens it, and the form around that, where it has one. */
  face: ReactElement
  frame: (button: ReactNode) => ReactNode
  foot?: ReactNode
  className: string
}

/** A combobox from when it is first opened on. */
export function ComboboxPopover({ open, onOpenChange, face, frame, foot, className, ...list }: ComboboxPopoverProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      {frame(<Primitive.Trigger asChild>{face}</Primitive.Trigger>)}
      <Primitive.Portal>
        <Primitive.Content
          aria-label={list.label}
          align="start"
          sideOffset={4}
          className={cn(floatingStyle, 'w-(--radix-popover-trigger-width) overflow-hidden', className)}
        >
          <ComboboxList {...list} />
          {foot}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
