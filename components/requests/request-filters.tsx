'use client'

import { X } from 'lucide-react'
import Link from 'next/link'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import { buttonStyle } from '../ui/button-style.ts'
import { cn } from '../ui/cn.ts'
import { Combobox } from '../ui/combobox.tsx'
import type { ComboboxOption } from '../ui/combobox-option.ts'
import { ParamSwitch } from '../ui/param-switch.tsx'
import { Select } from '../ui/select.tsx'
import { defaultRequestRange, requestRanges } from './request-ranges.ts'

interface RequestFiltersProps {
  keys: readonly ComboboxOption[]
  /** Empty for who may not see projects. */
  projects: readonly ComboboxOption[]
  models: readonly ComboboxOption[]
}

const statuses = ['ok', 'error', 'refused', '402', '429', 'aborted'] as const
const filters = ['key', 'project', 'model', 'status'] as const
/** Stands for no choice; no id or model can be called so. */
const any = '*'

/** All of it lives in the URL, so that a view can be sent to somebody. */
export function RequestFilters({ keys, projects, models }: RequestFiltersProps) {
  const t = useTranslations('requests')
  const pathname = usePathname()
  const router = useRouter()
  const search = useSearchParams()
  const [pending, start] = useTransition()
  const hrefWith = (changes: Partial<Record<(typeof filters)[number], string>>) => {
    const next = new URLSearchParams(search)
    for (const [name, value] of Object.entries(changes)) {
      if (value === any) next.delete(name)
      else next.set(name, value)
    }
    next.delete('cursor')
    next.delete('request')
    return `${pathname}?${next}`
  }
  const choose = (name: (typeof filters)[number]) => (value: string) =>
    start(() => router.replace(hrefWith({ [name]: value }), { scroll: false }))
  const status = search.get('status')
  const isFiltered = filters.some((name) => search.has(name))
  return (
    <search
      aria-label={t('filters.label')}
      aria-busy={pending}
      className={cn('flex flex-wrap items-center gap-2 transition-opacity', pending && 'opacity-60')}
    >
      <ParamSwitch
        param="range"
        label={t('range.label')}
        fallback={defaultRequestRange}
        options={requestRanges.map((value) => ({ value, label: t(`range.${value}`) }))}
        className="max-sm:w-full"
      />
      <Combobox
        label={t('filters.key')}
        value={search.get('key') ?? any}
        onValueChange={choose('key')}
        options={[{ value: any, label: t('filters.anyKey') }, ...keys]}
        className="w-44 max-sm:w-[calc(50%-0.25rem)]"
      />
      {projects.length > 0 ? (
        <Combobox
          label={t('filters.project')}
          value={search.get('project') ?? any}
          onValueChange={choose('project')}
          options={[{ value: any, label: t('filters.anyProject') }, ...projects]}
          className="w-40 max-sm:w-[calc(50%-0.25rem)]"
        />
      ) : null}
      <Combobox
        label={t('filters.model')}
        value={search.get('model') ?? any}
        onValueChange={choose('model')}
        options={[{ value: any, label: t('filters.anyModel') }, ...models]}
        className="w-44 max-sm:w-[calc(50%-0.25rem)]"
      />
      <Select
        aria-label={t('filters.status')}
        value={status ?? any}
        onValueChange={choose('status')}
        options={[
          { value: any, label: t('filters.anyStatus') },
          ...statuses.map((value) => ({ value, label: t(`statuses.${value}`) })),
          ...(status && !statuses.some((known) => known === status)
            ? [{ value: status, label: t('statuses.status', { status }) }]
            : []),
        ]}
        className="w-44 max-sm:w-[calc(50%-0.25rem)]"
      />
      {isFiltered ? (
        <Link
          href={hrefWith({ key: any, project: any, model: any, status: any })}
          replace
          scroll={false}
          className={buttonStyle({ variant: 'ghost' })}
        >
          <X />
          {t('filters.clear')}
        </Link>
      ) : null}
    </search>
  )
}
