'use client'

import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { cn } from './cn.ts'
import { Input, type InputProps } from './input.tsx'
import { itemStyle } from './menu-style.ts'
import { popoverParts } from './popover.tsx'
import { useLate } from './use-late.ts'

export interface Suggestion {
  value: string
  /** What it is, where the value does not say it; searched too. */
  description?: string
}

export interface SuggestInputProps extends Omit<InputProps, 'value' | 'onChange' | 'list'> {
  value: string
  onChange: (value: string) => void
  suggestions: readonly Suggestion[]
  /** Names the list. */
  listLabel: string | undefined
}

const mostShown = 60

/** A field for any text, with a list of what it most likely is. */
export function SuggestInput({ value, onChange, suggestions, listLabel, ...rest }: SuggestInputProps) {
  const listId = useId()
  const [isOpen, setOpen] = useState(false)
  // What stood there before somebody typed is no search: it would hide all others.
  const [isSearch, setSearch] = useState(false)
  const [active, setActive] = useState(-1)
  const typed = isSearch ? value.trim().toLowerCase() : ''
  const matches = suggestions
    .filter((one) => `${one.value} ${one.description ?? ''}`.toLowerCase().includes(typed))
    .slice(0, mostShown)
  const isShown = isOpen && matches.length > 0 && !(matches.length === 1 && matches[0]?.value === value)
  const field = useRef<HTMLDivElement>(null!)
  const parts = useLate(popoverParts, isShown)
  const open = () => {
    setOpen(true)
    setSearch(false)
    setActive(-1)
  }
  const pick = (chosen: string) => {
    onChange(chosen)
    setOpen(false)
    setActive(-1)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      if (!isOpen) return open()
      const from = active < 0 && step < 0 ? 0 : active
      setActive((from + step + matches.length) % Math.max(1, matches.length))
    } else if (event.key === 'Enter' && isShown && matches[active]) {
      event.preventDefault()
      pick(matches[active].value)
    } else if (event.key === 'Escape' && isShown) {
      event.stopPropagation()
      setOpen(false)
    }
  }
  return (
    <>
      <div ref={field}>
        <Input
          mono
          spellCheck={false}
          autoCapitalize="none"
          {...rest}
          role="combobox"
          aria-expanded={isShown}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={isShown && active >= 0 ? `${listId}-${active}` : undefined}
          value={value}
          // One that was chosen is most likely to be chosen anew, and not to be written on.
          onFocus={(event) => suggestions.some((one) => one.value === value) && event.target.select()}
          onClick={() => isOpen || open()}
          onBlur={() => setOpen(false)}
          onChange={(event) => {
            onChange(event.target.value)
            setOpen(true)
            setSearch(true)
            setActive(-1)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {parts ? (
        <parts.Root open={isShown} onOpenChange={setOpen}>
          <parts.Anchor virtualRef={field} />
          <parts.Content
            aria-label={listLabel}
            sideOffset={4}
            onOpenAutoFocus={(event) => event.preventDefault()}
            className="w-(--radix-popover-trigger-width) overflow-hidden"
          >
            <div
              id={listId}
              role="listbox"
              aria-label={listLabel}
              className="quiet-scroll max-h-64 overflow-y-auto p-1"
            >
              {matches.map((one, index) => (
                <div
                  key={one.value}
                  id={`${listId}-${index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === active}
                  ref={(row) => {
                    if (row && index === active) row.scrollIntoView({ block: 'nearest' })
                  }}
                  // Before the field loses its focus, and with it the list.
                  onPointerDown={(event) => {
                    event.preventDefault()
                    pick(one.value)
                  }}
                  onPointerMove={() => setActive(index)}
                  className={cn(itemStyle, 'justify-between text-xs', index === active && 'bg-hover dark:bg-selected')}
                >
                  <span className="min-w-0 break-all font-mono">{one.value}</span>
                  {one.description ? <span className="shrink-0 text-muted">{one.description}</span> : null}
                </div>
              ))}
            </div>
          </parts.Content>
        </parts.Root>
      ) : null}
    </>
  )
}
