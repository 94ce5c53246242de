'use client'

import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react'
import { useField } from './field-context.ts'
import { fetchQuietly, late } from './late.ts'
import { type SelectSize, selectFace } from './select-face.ts'
import { useLate } from './use-late.ts'

const selectParts = late(() => import('./select-parts.tsx'))

export interface SelectOption {
  /** Never empty: "no choice" is an option with a name of its own. */
  value: string
  label: string
  description?: string
  disabled?: boolean
}

export interface SelectProps {
  options: readonly SelectOption[]
  /** Name in the form data. */
  name?: string
  value?: string
  defaultValue?: string
  onValueChange?: (value: string) => void
  placeholder?: string
  disabled?: boolean
  required?: boolean
  size?: SelectSize
  /** Needed outside of a `Field`. */
  'aria-label'?: string
  className?: string
}

/** One of a few. For more than about fifteen, `Combobox` finds faster. Until it is first opened it is its face alone. */
export function Select(props: SelectProps) {
  const { options, placeholder, size = 'md', className, 'aria-label': ariaLabel } = props
  const t = useTranslations('ui.select')
  const field = useField()
  const listId = useId()
  const [isWanted, setWanted] = useState(false)
  const parts = useLate(selectParts, isWanted)
  if (parts) return <parts.OpenSelect {...props} />
  const value = props.value ?? props.defaultValue ?? ''
  const chosen = options.find((option) => option.value === value)
  const open = () => setWanted(true)
  return (
    <>
      <button
        type="button"
        role="combobox"
        id={field?.id}
        aria-controls={listId}
        aria-expanded={false}
        aria-required={field?.required}
        aria-autocomplete="none"
        aria-label={ariaLabel}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.invalid || undefined}
        data-state="closed"
        data-placeholder={chosen ? undefined : ''}
        data-disabled={props.disabled ? '' : undefined}
        disabled={props.disabled}
        onPointerEnter={() => fetchQuietly(selectParts)}
        onFocus={() => fetchQuietly(selectParts)}
        onPointerDown={(event: PointerEvent) => {
          if (event.pointerType !== 'mouse' || event.button !== 0 || event.ctrlKey) return
          event.preventDefault()
          open()
        }}
        onClick={open}
        onKeyDown={(event: KeyboardEvent) => {
          const opens = ['Enter', ' ', 'ArrowUp', 'ArrowDown'].includes(event.key)
          if (!opens || event.ctrlKey || event.altKey || event.metaKey) return
          event.preventDefault()
          open()
        }}
        className={selectFace(size, className)}
      >
        <span className="pointer-events-none">{chosen?.label ?? placeholder ?? t('placeholder')}</span>
        <ChevronDown aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
      </button>
      {props.name ? <input type="hidden" name={props.name} value={value} /> : null}
    </>
  )
}
