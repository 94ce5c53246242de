'use client'

import { Switch as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'
import { useField } from './field-context.ts'

/** For what takes effect at once. In a form that is saved, `Checkbox`. */
export function Switch({ className, ...rest }: ComponentProps<typeof Primitive.Root>) {
  const field = useField()
  return (
    <Primitive.Root
      id={field?.id}
      aria-describedby={field?.describedBy}
      {...rest}
      className={cn(
        'relative inline-flex h-4.5 w-8 shrink-0 items-center rounded-full bg-control p-0.5 transition-colors after:absolute after:-inset-2 data-[state=checked]:bg-accent disabled:opacity-50',
        className,
      )}
    >
      <Primitive.Thumb className="block size-3.5 rounded-full bg-[white] shadow-control transition-transform duration-150 ease-out data-[state=checked]:translate-x-3.5" />
    </Primitive.Root>
  )
}
