'use client'

import { ChevronsUpDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'
import { controlStyle } from './control-style.ts'
import { useField } from './field-context.ts'

/** The closed face of both comboboxes. */
export function ComboboxTrigger({ className, children, ...rest }: ComponentProps<'button'>) {
  const field = useField()
  return (
    <button
      type="button"
      role="combobox"
      aria-haspopup="listbox"
      id={field?.id}
      aria-describedby={field?.describedBy}
      aria-invalid={field?.invalid || undefined}
      {...rest}
      aria-expanded={rest['aria-expanded'] ?? false}
      aria-controls={rest['aria-controls'] ?? ''}
      className={cn(
        controlStyle,
        'flex min-h-8 items-center justify-between gap-2 text-left pointer-coarse:min-h-10',
        className,
      )}
    >
      {children}
      <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
    </button>
  )
}
