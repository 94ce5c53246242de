'use client'

import { Check, Minus } from 'lucide-react'
import { Checkbox as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'
import { useField } from './field-context.ts'

/** `checked="indeterminate"` for a header that stands for some of its rows. */
export function Checkbox({ className, ...rest }: ComponentProps<typeof Primitive.Root>) {
  const field = useField()
  return (
    <Primitive.Root
      id={field?.id}
      aria-describedby={field?.describedBy}
      aria-invalid={field?.invalid || undefined}
      required={field?.required}
      {...rest}
      className={cn(
        'group relative grid size-4 shrink-0 place-items-center rounded-sm border border-control bg-background text-accent-ink transition-colors after:absolute after:-inset-2',
        'data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent',
        'disabled:opacity-50 aria-invalid:border-danger dark:bg-sunken',
        className,
      )}
    >
      <Primitive.Indicator>
        <Check strokeWidth={3} className="size-3 group-data-[state=indeterminate]:hidden" />
        <Minus strokeWidth={3} className="hidden size-3 group-data-[state=indeterminate]:block" />
      </Primitive.Indicator>
    </Primitive.Root>
  )
}
