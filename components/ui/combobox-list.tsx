'use client'

import { Command } from 'cmdk'
import { Check, Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cn } from './cn.ts'
import type { ComboboxOption } from './combobox-option.ts'
import { itemStyle } from './menu-style.ts'

export interface ComboboxListProps {
  id: string
  label: string
  options: readonly ComboboxOption[]
  selected: ReadonlySet<string>
  onPick: (value: string) => void
  multiple: boolean
}

/** The searched list inside both comboboxes. */
export function ComboboxList({ id, label, options, selected, onPick, multiple }: ComboboxListProps) {
  const t = useTranslations('ui.select')
  const groups = Map.groupBy(options, (option) => option.group ?? '')
  return (
    <Command label={label} defaultValue={multiple ? undefined : [...selected][0]} loop className="flex flex-col">
      <div className="flex items-center gap-2 border-b px-3 text-muted">
        <Search aria-hidden="true" className="size-4 shrink-0" />
        <Command.Input
          placeholder={t('search')}
          className="h-9 w-full bg-transparent text-foreground text-sm outline-none pointer-coarse:h-11 pointer-coarse:text-lg"
        />
      </div>
      <Command.List
        id={id}
        aria-multiselectable={multiple || undefined}
        className="quiet-scroll max-h-72 overflow-y-auto p-1"
      >
        <Command.Empty className="px-2 py-6 text-center text-muted text-sm">{t('empty')}</Command.Empty>
        {[...groups].map(([group, entries]) => (
          <Command.Group
            key={group}
            heading={group || undefined}
            className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
          >
            {entries.map((option) => (
              <Command.Item
                key={option.value}
                value={option.value}
                keywords={[option.label, option.description ?? '', group]}
                disabled={option.disabled}
                onSelect={() => onPick(option.value)}
                className={cn(
                  itemStyle,
                  'data-[disabled=false]:pointer-events-auto data-[selected=true]:bg-hover dark:data-[selected=true]:bg-selected data-[disabled=false]:opacity-100',
                )}
              >
                <span className={cn('grid min-w-0 flex-1')}>
                  <span className="truncate">{option.label}</span>
                  {option.description ? (
                    <span className="truncate text-muted text-xs">{option.description}</span>
                  ) : null}
                </span>
                {selected.has(option.value) ? (
                  <>
                    <Check aria-hidden="true" className="text-accent-text!" />
                    <span className="sr-only">✓</span>
                  </>
                ) : null}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  )
}
