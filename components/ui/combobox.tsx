'use client'

import { useTranslations } from 'next-intl'
import { Popover as Primitive } from 'radix-ui'
import { useId, useState } from 'react'
import { cn } from './cn.ts'
import { ComboboxList, type ComboboxOption } from './combobox-list.tsx'
import { ComboboxTrigger } from './combobox-trigger.tsx'
import { useField } from './field-context.ts'
import { floatingStyle } from './menu-style.ts'

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
  const [open, setOpen] = useState(false)
  const [own, setOwn] = useState(defaultValue)
  const chosen = value === undefined ? own : value
  const option = options.find((candidate) => candidate.value === chosen)
  const pick = (next: string) => {
    setOwn(next)
    onValueChange?.(next)
    setOpen(false)
  }
  return (
    <Primitive.Root open={open} onOpenChange={setOpen}>
      {name ? <input type="hidden" name={name} value={chosen ?? ''} /> : null}
      <Primitive.Trigger asChild>
        <ComboboxTrigger
          aria-controls={listId}
          // A field around it names it by its own label.
          aria-label={field ? undefined : rest.label}
          disabled={rest.disabled}
          className={cn('h-8', rest.className)}
        >
          <span className={cn('truncate', !option && 'text-faint')}>
            {option?.label ?? rest.placeholder ?? t('placeholder')}
          </span>
        </ComboboxTrigger>
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align="start"
          sideOffset={4}
          className={cn(floatingStyle, 'w-(--radix-popover-trigger-width) min-w-56 overflow-hidden')}
        >
          <ComboboxList
            id={listId}
            label={rest.label}
            options={options}
            selected={new Set(chosen ? [chosen] : [])}
            onPick={pick}
            multiple={false}
          />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
