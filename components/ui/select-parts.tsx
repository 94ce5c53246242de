'use client'

import { Check, ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Select as Primitive } from 'radix-ui'
import { cn } from './cn.ts'
import { useField } from './field-context.ts'
import { floatingStyle, itemStyle } from './menu-style.ts'
import type { SelectProps } from './select.tsx'
import { selectFace } from './select-face.ts'

/** A select from when it is first opened on. */
export function OpenSelect({
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
    <Primitive.Root defaultOpen required={field?.required} {...rest}>
      <Primitive.Trigger
        id={field?.id}
        aria-label={ariaLabel}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.invalid || undefined}
        className={selectFace(size, className)}
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
            'quiet-scroll max-h-[min(20rem,var(--radix-select-content-available-height))] min-w-(--radix-select-trigger-width) overflow-y-auto',
          )}
        >
          {/* The list itself scrolls: by itself this would, which is nothing that has a name or takes keys. */}
          <Primitive.Viewport className="p-1" style={{ overflow: 'visible' }}>
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
