'use client'

import { Check } from 'lucide-react'
import { DropdownMenu as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'
import { noteMenu } from './last-menu.ts'
import { floatingStyle, itemStyle } from './menu-style.ts'

export const { Root, Trigger, RadioGroup } = Primitive

export function Content({ className, ...rest }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        align="end"
        sideOffset={4}
        collisionPadding={8}
        onFocus={({ currentTarget }) => noteMenu(currentTarget)}
        {...rest}
        className={cn(
          floatingStyle,
          'quiet-scroll max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-72 overflow-y-auto p-1',
          className,
        )}
      />
    </Primitive.Portal>
  )
}

export interface ItemProps extends ComponentProps<typeof Primitive.Item> {
  tone?: 'neutral' | 'danger'
}

/** With `asChild` it may be a link. */
export function Item({ tone = 'neutral', className, ...rest }: ItemProps) {
  return (
    <Primitive.Item
      {...rest}
      className={cn(
        itemStyle,
        tone === 'danger' && 'text-danger-text data-[highlighted]:bg-danger-soft [&_svg]:text-danger-text',
        className,
      )}
    />
  )
}

export function RadioItem({ className, children, ...rest }: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem {...rest} className={cn(itemStyle, 'pr-8', className)}>
      {children}
      <Primitive.ItemIndicator className="absolute right-2">
        <Check className="text-accent-text!" />
      </Primitive.ItemIndicator>
    </Primitive.RadioItem>
  )
}

export function Label({ className, ...rest }: ComponentProps<typeof Primitive.Label>) {
  return <Primitive.Label {...rest} className={cn('px-2 pt-1.5 pb-1 font-medium text-faint text-xs', className)} />
}

export function Separator({ className, ...rest }: ComponentProps<typeof Primitive.Separator>) {
  return <Primitive.Separator {...rest} className={cn('-mx-1 my-1 h-px bg-line', className)} />
}
