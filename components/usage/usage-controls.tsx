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
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import {
  type UsageQuery,
  usageFilters,
  usageGroups,
  usageIntervals,
  usageMetrics,
  usageRanges,
  usageTops,
} from './usage-view.ts'

export type UsageFilterOptions = Record<(typeof usageFilters)[number], readonly ComboboxOption[]>

interface UsageControlsProps {
  query: UsageQuery
  filters: UsageFilterOptions
}

/** Stands for no choice; no id can be called so. */
const any = '*'

/** The question that the explorer answers. All of it lives in the URL, so that a view can be sent to somebody. */
export function UsageControls({ query, filters }: UsageControlsProps) {
  const t = useTranslations('usage')
  const pathname = usePathname()
  const router = useRouter()
  const search = useSearchParams()
  const [pending, start] = useTransition()
  const hrefWith = (changes: Record<string, string>) => {
    const next = new URLSearchParams(search)
    for (const [name, value] of Object.entries(changes)) {
      if (value === any) next.delete(name)
      else next.set(name, value)
    }
    return `${pathname}?${next}`
  }
  const choose = (changes: Record<string, string>) => start(() => router.replace(hrefWith(changes), { scroll: false }))
  const narrow = 'w-36 max-sm:w-[calc(50%-0.25rem)]'
  const shownFilters = usageFilters.filter((name) => filters[name].length > 0)
  return (
    <search
      aria-label={t('controls.label')}
      aria-busy={pending}
      className={cn('grid grid-cols-1 gap-2 transition-opacity', pending && 'opacity-60')}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label={t('controls.metric')}
          value={query.metric}
          onValueChange={(metric) => choose({ metric })}
          options={usageMetrics.map((value) => ({ value, label: t(`metrics.${value}`) }))}
          className={narrow}
        />
        <Select
          aria-label={t('controls.group')}
          value={query.group}
          onValueChange={(group) => choose({ group })}
          options={usageGroups.map((value) => ({
            value,
            label: value === 'none' ? t('controls.noGroup') : t('controls.by', { group: t(`groups.${value}`) }),
          }))}
          className={narrow}
        />
        {query.group === 'none' ? null : (
          <Select
            aria-label={t('controls.split')}
            value={query.split}
            onValueChange={(split) => choose({ split })}
            options={usageGroups
              .filter((value) => value !== query.group)
              .map((value) => ({
                value,
                label: value === 'none' ? t('controls.noSplit') : t('controls.then', { group: t(`groups.${value}`) }),
              }))}
            className={narrow}
          />
        )}
        <Select
          aria-label={t('controls.range')}
          value={query.range}
          onValueChange={(range) =>
            choose(
              range === 'custom' ? { range, from: query.from ?? monthAgo(), interval: any } : { range, interval: any },
            )
          }
          options={usageRanges.map((value) => ({ value, label: t(`ranges.${value}`) }))}
          className={narrow}
        />
        {query.range === 'custom' ? (
          <>
            <Input
              type="date"
              aria-label={t('controls.from')}
              value={query.from ?? ''}
              onChange={(event) => event.target.value && choose({ from: event.target.value })}
              className={narrow}
            />
            <Input
              type="date"
              aria-label={t('controls.to')}
              value={query.to ?? ''}
              onChange={(event) => choose({ to: event.target.value || any })}
              className={narrow}
            />
          </>
        ) : null}
        <Select
          aria-label={t('controls.interval')}
          value={query.interval}
          onValueChange={(interval) => choose({ interval })}
          options={usageIntervals.map((value) => ({ value, label: t(`intervals.${value}`) }))}
          className={narrow}
        />
        <Select
          aria-label={t('controls.top')}
          value={query.top}
          onValueChange={(top) => choose({ top })}
          options={usageTops.map((value) => ({ value, label: t('controls.topN', { count: value }) }))}
          className={narrow}
        />
        <Select
          aria-label={t('controls.compare')}
          value={query.compare ? '1' : any}
          onValueChange={(compare) => choose({ compare })}
          options={[
            { value: any, label: t('controls.alone') },
            { value: '1', label: t('controls.withPrevious') },
          ]}
          className="w-44 max-sm:w-full"
        />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {shownFilters.map((name) => (
          <Combobox
            key={name}
            label={t(`groups.${name}`)}
            value={query[name] ?? any}
            onValueChange={(value) => choose({ [name]: value })}
            options={[{ value: any, label: t(`filters.${name}`) }, ...filters[name]]}
            className={narrow}
          />
        ))}
        {usageFilters.some((name) => query[name] !== null) ? (
          <Link
            href={hrefWith(Object.fromEntries(usageFilters.map((name) => [name, any])))}
            replace
            scroll={false}
            className={buttonStyle({ variant: 'ghost' })}
          >
            <X />
            {t('filters.clear')}
          </Link>
        ) : null}
      </div>
    </search>
  )
}

function monthAgo(): string {
  const date = new Date()
  date.setMonth(date.getMonth() - 1)
  return date.toISOString().slice(0, 10)
}
