'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId, useState } from 'react'
import { cn } from './cn.ts'
import type { ComboboxOption } from './combobox-option.ts'
import { ComboboxTrigger } from './combobox-trigger.tsx'
import { useField } from './field-context.ts'
import { useComboboxPopover } from './use-combobox-popover.ts'

export interface MultiComboboxProps {
  options: readonly ComboboxOption[]
  /** Name in the form data, once for each value chosen. */
  name?: string
  value?: readonly string[]
  defaultValue?: readonly string[]
  onValueChange?: (values: string[]) => void
  /** What nothing chosen means: "All models of the project". */
  placeholder?: string
  disabled?: boolean
  /** Names the list; needed outside of a `Field` for the control too. */
  label: string
  /** Chips shown before "3 selected"; the rest is a number. */
  shownCount?: number
  className?: string
}

/** Several of many, found by typing: the models of a key. */
export function MultiCombobox({
  options,
  name,
  value,
  defaultValue = [],
  shownCount = 3,
  ...rest
}: MultiComboboxProps) {
  const t = useTranslations('ui.select')
  const field = useField()
  const listId = useId()
  const { open, setOpen, Popover, closed } = useComboboxPopover()
  const [own, setOwn] = useState<readonly string[]>(defaultValue)
  const chosen = value ?? own
  const change = (next: string[]) => {
    setOwn(next)
    rest.onValueChange?.(next)
  }
  const pick = (picked: string) =>
    change(chosen.includes(picked) ? chosen.filter((entry) => entry !== picked) : [...chosen, picked])
  const labelOf = (entry: string) => options.find((option) => option.value === entry)?.label ?? entry
  const hiddenCount = chosen.length - shownCount
  const face = (
    <ComboboxTrigger
      aria-controls={listId}
      // A field around it names it by its own label.
      aria-label={field ? undefined : rest.label}
      disabled={rest.disabled}
      className={cn('py-0.75', chosen.length > 0 && 'pl-1', rest.className)}
      {...(!Popover && closed)}
    >
      {chosen.length === 0 ? (
        <span className="truncate text-faint">{rest.placeholder ?? t('placeholder')}</span>
      ) : (
        <span className="flex min-w-0 flex-1 flex-wrap gap-1 pr-6">
          {chosen.slice(0, shownCount).map((entry) => (
            <span key={entry} className="max-w-full truncate rounded-sm bg-selected px-1.5 py-0.5 text-xs">
              {labelOf(entry)}
            </span>
          ))}
          {hiddenCount > 0 ? <span className="px-1 py-0.5 text-muted text-xs">+{hiddenCount}</span> : null}
        </span>
      )}
    </ComboboxTrigger>
  )
  const frame = (button: ReactNode) => (
    <div className="relative">
      {button}
      {chosen.length > 0 && !rest.disabled ? (
        <button
          type="button"
          aria-label={t('clear')}
          onClick={() => change([])}
          className="absolute top-1 right-6.5 grid size-6 place-items-center rounded-sm text-muted hover:bg-hover hover:text-foreground pointer-coarse:top-2"
        >
          <X className="size-3.5" />
        </button>
      ) : null}
    </div>
  )
  return (
    <>
      {name ? chosen.map((entry) => <input key={entry} type="hidden" name={name} value={entry} />) : null}
      {Popover ? (
        <Popover
          open={open}
          onOpenChange={setOpen}
          face={face}
          frame={frame}
          className="min-w-64"
          id={listId}
          label={rest.label}
          options={options}
          selected={new Set(chosen)}
          onPick={pick}
          multiple
          foot={
            chosen.length > 0 ? (
              <p aria-live="polite" className="border-t px-3 py-1.5 text-muted text-xs">
                {t('count', { count: chosen.length })}
              </p>
            ) : null
          }
        />
      ) : (
        frame(face)
      )}
    </>
  )
}
