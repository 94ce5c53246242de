import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

export type Tone = 'neutral' | 'accent' | 'positive' | 'warning' | 'danger'

const toneStyle: Record<Tone, string> = {
  neutral: 'bg-selected text-muted',
  accent: 'bg-accent-soft text-accent-text',
  positive: 'bg-positive-soft text-positive-text',
  warning: 'bg-warning-soft text-warning-text',
  danger: 'bg-danger-soft text-danger-text',
}

export interface BadgeProps extends ComponentProps<'span'> {
  tone?: Tone
}

/** A word about a thing: role, vendor, "unpriced". */
export function Badge({ tone = 'neutral', className, ...rest }: BadgeProps) {
  return (
    <span
      {...rest}
      className={cn(
        'inline-flex h-5 max-w-full items-center gap-1 truncate rounded-sm px-1.5 font-medium text-xs [&_svg]:size-3',
        toneStyle[tone],
        className,
      )}
    />
  )
}
