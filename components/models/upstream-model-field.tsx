'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { cn } from '../ui/cn.ts'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { itemStyle } from '../ui/menu-style.ts'
import { popoverParts } from '../ui/popover.tsx'
import { useLate } from '../ui/use-late.ts'
import type { ProviderOption } from './model-facts.ts'

interface UpstreamModelFieldProps {
  provider: ProviderOption | undefined
  /** Where the pages of providers are; each tells its models. */
  providersHref: string
  value: string
  onChange: (value: string) => void
  error?: string
}

type Offer = { of: string; ids: string[] | null }

const mostShown = 60

/** A model of the provider: found in what it lists, or any other name. */
export function UpstreamModelField({ provider, providersHref, value, onChange, error }: UpstreamModelFieldProps) {
  const t = useTranslations('models.form')
  const listId = useId()
  const [offer, setOffer] = useState<Offer | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const providerId = provider?.id
  useEffect(() => {
    if (!providerId) return
    const leaving = new AbortController()
    listModels(`${providersHref}/${providerId}/models`, leaving.signal).then((ids) => {
      if (!leaving.signal.aborted) setOffer({ of: providerId, ids })
    })
    return () => leaving.abort()
  }, [providerId, providersHref])
  const known = offer?.of === providerId ? offer : null
  const typed = value.trim().toLowerCase()
  const matches = (known?.ids ?? []).filter((id) => id.toLowerCase().includes(typed)).slice(0, mostShown)
  const isShown = isOpen && matches.length > 0 && !(matches.length === 1 && matches[0] === value)
  const field = useRef<HTMLDivElement>(null!)
  const parts = useLate(popoverParts, isShown)
  const pick = (id: string) => {
    onChange(id)
    setOpen(false)
    setActive(-1)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setOpen(true)
      setActive((active + step + matches.length) % Math.max(1, matches.length))
    } else if (event.key === 'Enter' && isShown && matches[active]) {
      event.preventDefault()
      pick(matches[active])
    } else if (event.key === 'Escape' && isShown) {
      event.stopPropagation()
      setOpen(false)
    }
  }
  return (
    <Field label={t('upstream')} required error={error} hint={hint()}>
      <div ref={field}>
        <Input
          mono
          role="combobox"
          aria-expanded={isShown}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={isShown && active >= 0 ? `${listId}-${active}` : undefined}
          spellCheck={false}
          autoCapitalize="none"
          maxLength={200}
          value={value}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onChange={(event) => {
            onChange(event.target.value)
            setOpen(true)
            setActive(-1)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {parts ? (
        <parts.Root open={isShown} onOpenChange={setOpen}>
          <parts.Anchor virtualRef={field} />
          <parts.Content
            sideOffset={4}
            onOpenAutoFocus={(event) => event.preventDefault()}
            className="w-(--radix-popover-trigger-width) overflow-hidden"
          >
            <div
              id={listId}
              role="listbox"
              aria-label={provider ? t('suggestions', { provider: provider.name }) : undefined}
              className="quiet-scroll max-h-64 overflow-y-auto p-1"
            >
              {matches.map((id, index) => (
                <div
                  key={id}
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
                    pick(id)
                  }}
                  onPointerMove={() => setActive(index)}
                  className={cn(itemStyle, 'font-mono text-xs', index === active && 'bg-hover dark:bg-selected')}
                >
                  {id}
                </div>
              ))}
            </div>
          </parts.Content>
        </parts.Root>
      ) : null}
    </Field>
  )

  function hint(): string {
    if (!provider) return t('upstreamHint')
    if (!known) return t('upstreamLoading', { provider: provider.name })
    if (known.ids === null) return t('upstreamFailed', { provider: provider.name })
    return t('upstreamFound', { provider: provider.name, count: known.ids.length })
  }
}

/** Null when the vendor, or the way to it, says nothing: any name can still be typed. */
async function listModels(url: string, signal: AbortSignal): Promise<string[] | null> {
  try {
    const answer = await fetch(url, { signal })
    return ((await answer.json()) as { ids: string[] | null }).ids
  } catch {
    return null
  }
}
