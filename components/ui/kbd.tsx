import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

/** One key. */
export function Kbd({ className, ...rest }: ComponentProps<'kbd'>) {
  return (
    <kbd
      {...rest}
      className={cn(
        'inline-grid h-5 min-w-5 place-items-center rounded-sm border bg-sunken px-1 font-sans text-2xs text-muted',
        className,
      )}
    />
  )
}
