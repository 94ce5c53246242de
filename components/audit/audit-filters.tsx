'use client'

import { Search } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import { cn } from '../ui/cn.ts'
import { DateRange } from '../ui/date-range.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { auditNouns } from './audit-facts.ts'

const any = '*'

/** What was changed, by whom and when; in the URL. */
export function AuditFilters() {
  const t = useTranslations('audit')
  const pathname = usePathname()
  const router = useRouter()
  const search = useSearchParams()
  const [pending, start] = useTransition()
  const choose = (name: string, value: string) => {
    const next = new URLSearchParams(search)
    next.delete('cursor')
    if (value === any || value === '') next.delete(name)
    else next.set(name, value)
    start(() => router.replace(`${pathname}?${next}`, { scroll: false }))
  }
  return (
    <search
      aria-label={t('filters.label')}
      aria-busy={pending}
      className={cn('flex flex-wrap items-center gap-2 transition-opacity', pending && 'opacity-60')}
    >
      <DateRange className="max-sm:w-full" />
      <Select
        aria-label={t('filters.what')}
        value={auditNouns.find((noun) => noun === search.get('what')) ?? any}
        onValueChange={(value) => choose('what', value)}
        options={[
          { value: any, label: t('filters.everything') },
          ...auditNouns.map((value) => ({ value, label: t(`nouns.${value}`) })),
        ]}
        className="w-48 max-sm:w-full"
      />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          choose('who', String(new FormData(event.currentTarget).get('who') ?? '').trim())
        }}
        className="w-60 max-sm:w-full"
      >
        <Input
          name="who"
          type="search"
          aria-label={t('filters.who')}
          placeholder={t('filters.who')}
          defaultValue={search.get('who') ?? ''}
          prefix={<Search />}
        />
      </form>
    </search>
  )
}
