'use client'

import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.ts'
import { controlStyle } from './control-style.ts'
import { useField } from './field-context.ts'

export interface InputProps extends Omit<ComponentProps<'input'>, 'prefix'> {
  /** Inside, before the text: an icon, or a unit such as "$". */
  prefix?: ReactNode
  /** Inside, after the text: a unit such as "/ month". */
  suffix?: ReactNode
  /** Secrets, ids and addresses. */
  mono?: boolean
}

export function Input({ prefix, suffix, mono = false, className, ...rest }: InputProps) {
  const field = useField()
  const input = (
    <input
      id={field?.id}
      aria-describedby={field?.describedBy}
      aria-invalid={field?.invalid || undefined}
      required={field?.required}
      autoComplete="off"
      {...rest}
      className={cn(
        controlStyle,
        'h-8 pointer-coarse:h-10',
        mono && 'font-mono',
        rest.inputMode === 'decimal' && 'tabular-nums',
        prefix ? (typeof prefix === 'string' ? 'pl-6' : 'pl-8') : null,
        suffix ? 'pr-16' : null,
        className,
      )}
    />
  )
  if (!prefix && !suffix) return input
  return (
    <div className="relative flex items-center text-muted text-sm [&_svg]:size-4">
      {prefix ? <span className="pointer-events-none absolute left-2.5 grid place-items-center">{prefix}</span> : null}
      {input}
      {suffix ? <span className="pointer-events-none absolute right-2.5">{suffix}</span> : null}
    </div>
  )
}
