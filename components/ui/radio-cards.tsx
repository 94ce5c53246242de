'use client'

import { RadioGroup as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from './cn.ts'
import { useField } from './field-context.ts'

export interface RadioCard {
  value: string
  label: ReactNode
  /** Shown in `cards` only. */
  description?: ReactNode
  icon?: ReactNode
  disabled?: boolean
}

export interface RadioCardsProps {
  options: readonly RadioCard[]
  name?: string
  value?: string
  defaultValue?: string
  onValueChange?: (value: string) => void
  /** `cards` explain themselves; `segmented` is one line of short words. */
  layout?: 'cards' | 'segmented'
  disabled?: boolean
  /** Needed outside of a `Field`. */
  'aria-label'?: string
  className?: string
}

/** One of two to five, all visible. */
export function RadioCards({ options, layout = 'cards', className, 'aria-label': label, ...rest }: RadioCardsProps) {
  const field = useField()
  const segmented = layout === 'segmented'
  return (
    <Primitive.Root
      {...rest}
      aria-label={label}
      aria-labelledby={label ? undefined : field?.labelId}
      aria-describedby={field?.describedBy}
      className={cn(
        segmented
          ? 'inline-flex w-fit max-w-full rounded-md bg-selected p-0.5 dark:bg-sunken'
          : 'grid gap-2 sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]',
        className,
      )}
    >
      {options.map((option) => (
        <Primitive.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled}
          className={cn(
            'text-left text-sm transition-colors disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
            segmented
              ? 'flex h-7 items-center gap-1.5 truncate rounded-[5px] px-3 text-muted hover:text-foreground data-[state=checked]:bg-background data-[state=checked]:font-medium data-[state=checked]:text-foreground data-[state=checked]:shadow-control pointer-coarse:h-9 dark:data-[state=checked]:bg-selected'
              : 'group flex gap-2.5 rounded-lg border border-line-strong p-3 hover:border-control data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft/60 data-[state=checked]:shadow-[inset_0_0_0_1px_var(--accent)]',
          )}
        >
          {option.icon ? (
            <span className="mt-0.5 text-muted group-data-[state=checked]:text-accent-text">{option.icon}</span>
          ) : null}
          <span className="grid min-w-0 content-start">
            <span className={cn(!segmented && 'font-medium')}>{option.label}</span>
            {option.description && !segmented ? <span className="text-muted text-xs">{option.description}</span> : null}
          </span>
        </Primitive.Item>
      ))}
    </Primitive.Root>
  )
}
