'use client'

import { Check, ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Select as Primitive } from 'radix-ui'
import { cn } from './cn.ts'
import { controlStyle } from './control-style.ts'
import { useField } from './field-context.ts'
import { floatingStyle, itemStyle } from './menu-style.ts'

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
  size?: 'sm' | 'md'
  /** Needed outside of a `Field`. */
  'aria-label'?: string
  className?: string
}

/** One of a few. For more than about fifteen, `Combobox` finds faster. */
export function Select({
  options,
  placeholder,
  size = 'md',
  className,
  'aria-label': ariaLabel,
  ...rest
}: SelectProps) {
  const t = useTranslations('ui.select')
  const field = useField()
  return (
    <Primitive.Root required={field?.required} {...rest}>
      <Primitive.Trigger
        id={field?.id}
        aria-label={ariaLabel}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.invalid || undefined}
        className={cn(
          controlStyle,
          'flex items-center justify-between gap-2 text-left data-[placeholder]:text-faint [&>span]:truncate',
          size === 'sm' ? 'h-7 text-xs' : 'h-8 pointer-coarse:h-10',
          className,
        )}
      >
        {/* Its own text where it is known: by itself it shows none before the page has come alive. */}
        <Primitive.Value placeholder={placeholder ?? t('placeholder')}>
          {options.find((option) => option.value === rest.value)?.label}
        </Primitive.Value>
        <Primitive.Icon asChild>
          <ChevronDown className="size-3.5 shrink-0 text-muted" />
        </Primitive.Icon>
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          position="popper"
          sideOffset={4}
          className={cn(
            floatingStyle,
            'max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden',
          )}
        >
          <Primitive.Viewport className="max-h-80 p-1">
            {options.map((option) => (
              <Primitive.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className={cn(itemStyle, 'pr-8', option.description && 'items-start')}
              >
                <span className="grid min-w-0">
                  <Primitive.ItemText>{option.label}</Primitive.ItemText>
                  {option.description ? <span className="text-muted text-xs">{option.description}</span> : null}
                </span>
                <Primitive.ItemIndicator className="absolute top-2 right-2">
                  <Check className="text-accent-text!" />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
