'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { cn } from './cn.ts'
import type { ComboboxOption } from './combobox-option.ts'
import { ComboboxTrigger } from './combobox-trigger.tsx'
import { useField } from './field-context.ts'
import { useComboboxPopover } from './use-combobox-popover.ts'

export interface ComboboxProps {
  options: readonly ComboboxOption[]
  /** Name in the form data. */
  name?: string
  value?: string | null
  defaultValue?: string | null
  onValueChange?: (value: string) => void
  placeholder?: string
  disabled?: boolean
  /** Names the list; needed outside of a `Field` for the control too. */
  label: string
  className?: string
}

/** One of many, found by typing: time zones, members. */
export function Combobox({ options, name, value, defaultValue = null, onValueChange, ...rest }: ComboboxProps) {
  const t = useTranslations('ui.select')
  const field = useField()
  const listId = useId()
  const { open, setOpen, Popover, closed } = useComboboxPopover()
  const [own, setOwn] = useState(defaultValue)
  const chosen = value === undefined ? own : value
  const option = options.find((candidate) => candidate.value === chosen)
  const pick = (next: string) => {
    setOwn(next)
    onValueChange?.(next)
    setOpen(false)
  }
  const face = (
    <ComboboxTrigger
      aria-controls={listId}
      // A field around it names it by its own label.
      aria-label={field ? undefined : rest.label}
      disabled={rest.disabled}
      className={cn('h-8', rest.className)}
      {...(!Popover && closed)}
    >
      <span className={cn('truncate', !option && 'text-faint')}>
        {option?.label ?? rest.placeholder ?? t('placeholder')}
      </span>
    </ComboboxTrigger>
  )
  return (
    <>
      {name ? <input type="hidden" name={name} value={chosen ?? ''} /> : null}
      {Popover ? (
        <Popover
          open={open}
          onOpenChange={setOpen}
          face={face}
          frame={(button) => button}
          className="min-w-56"
          id={listId}
          label={rest.label}
          options={options}
          selected={new Set(chosen ? [chosen] : [])}
          onPick={pick}
          multiple={false}
        />
      ) : (
        face
      )}
    </>
  )
}
