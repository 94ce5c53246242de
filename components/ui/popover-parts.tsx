'use client'

import { Popover as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'
import { floatingStyle } from './menu-style.ts'

export const { Root, Trigger, Anchor } = Primitive

export function Content({ className, ...rest }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        align="start"
        sideOffset={6}
        collisionPadding={8}
        {...rest}
        className={cn(floatingStyle, className)}
      />
    </Primitive.Portal>
  )
}
