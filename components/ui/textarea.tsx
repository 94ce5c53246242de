'use client'

import type { ComponentProps } from 'react'
import { cn } from './cn.ts'
import { controlStyle } from './control-style.ts'
import { useField } from './field-context.ts'

export interface TextareaProps extends ComponentProps<'textarea'> {
  mono?: boolean
}

/** Grows with its text, where the browser can. */
export function Textarea({ mono = false, className, ...rest }: TextareaProps) {
  const field = useField()
  return (
    <textarea
      id={field?.id}
      aria-describedby={field?.describedBy}
      aria-invalid={field?.invalid || undefined}
      required={field?.required}
      rows={3}
      {...rest}
      className={cn(controlStyle, 'field-sizing-content min-h-18 py-1.5', mono && 'font-mono', className)}
    />
  )
}
