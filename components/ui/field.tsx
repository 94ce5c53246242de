'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import { cn } from './cn.ts'
import { FieldContext } from './field-context.ts'
import { Label } from './label.tsx'

export interface FieldProps {
  label: ReactNode
  /** One control of this folder; it takes id, description, error and `required` from here. */
  children: ReactNode
  hint?: ReactNode
  /** Replaces nothing: the hint stays readable below it. */
  error?: ReactNode
  required?: boolean
  /** Says "optional" beside the label, for forms where most fields are required. */
  optional?: boolean
  /** `inline` puts a checkbox or switch before its label. */
  layout?: 'stacked' | 'inline'
  className?: string
}

/** Label, control, error and hint, joined for screen readers. */
export function Field({
  label,
  children,
  hint,
  error,
  required = false,
  optional,
  layout = 'stacked',
  className,
}: FieldProps) {
  const t = useTranslations('ui')
  const id = useId()
  const ids = { label: `${id}-label`, hint: `${id}-hint`, error: `${id}-error` }
  const describedBy = [error ? ids.error : null, hint ? ids.hint : null].filter(Boolean).join(' ') || undefined
  const inline = layout === 'inline'
  const caption = (
    <div className="flex items-baseline justify-between gap-3">
      <Label id={ids.label} htmlFor={id} className={cn(inline && 'font-normal')}>
        {label}
      </Label>
      {optional ? <span className="text-faint text-xs">{t('optional')}</span> : null}
    </div>
  )
  const notes = (
    <>
      {error ? (
        <p id={ids.error} role="alert" className="flex gap-1.5 text-danger-text text-xs">
          <CircleAlert aria-hidden="true" className="mt-[0.2em] size-3.5 shrink-0" />
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={ids.hint} className="text-muted text-xs">
          {hint}
        </p>
      ) : null}
    </>
  )
  return (
    <FieldContext.Provider value={{ id, labelId: ids.label, describedBy, invalid: Boolean(error), required }}>
      {inline ? (
        <div className={cn('flex gap-2.5', className)}>
          <div className="flex h-5 items-center">{children}</div>
          <div className="grid min-w-0 flex-1 gap-0.5">
            {caption}
            {notes}
          </div>
        </div>
      ) : (
        <div className={cn('grid min-w-0 grid-cols-1 content-start gap-1.5', className)}>
          {caption}
          {children}
          {notes}
        </div>
      )}
    </FieldContext.Provider>
  )
}
