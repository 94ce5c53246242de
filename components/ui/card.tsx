import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

/** A bordered surface. For a thing that stands alone, never for layout and never inside another. */
export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return <div {...rest} className={cn('rounded-xl border bg-surface p-5', className)} />
}
