'use client'

import { Search } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState, useTransition } from 'react'
import { ButtonLink } from '../ui/button-link.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { Spinner } from '../ui/spinner.tsx'

interface KeyFiltersProps {
  statuses: readonly { value: string; label: string }[]
  projects: readonly { value: string; label: string }[]
}

const any = 'any'
/** Long enough that not every letter is a request, short enough that nobody waits. */
const pauseMs = 250

/** Search and filters of the list, all of it in the URL. */
export function KeyFilters({ statuses, projects }: KeyFiltersProps) {
  const t = useTranslations('keys')
  const router = useRouter()
  const pathname = usePathname()
  const params = useSearchParams()
  const [pending, start] = useTransition()
  const [text, setText] = useState(params.get('q') ?? '')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const set = (name: string, value: string) => {
    const next = new URLSearchParams(window.location.search)
    next.delete('cursor')
    if (value) next.set(name, value)
    else next.delete(name)
    start(() => router.replace(next.size ? `${pathname}?${next}` : pathname, { scroll: false }))
  }
  const type = (value: string) => {
    setText(value)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => set('q', value.trim()), pauseMs)
  }
  const isFiltered = ['q', 'status', 'project'].some((name) => params.has(name))
  return (
    <search className="flex flex-wrap items-center gap-2">
      <div className="w-72 max-sm:w-full">
        <Input
          type="search"
          aria-label={t('searchLabel')}
          placeholder={t('search')}
          value={text}
          onChange={(event) => type(event.target.value)}
          prefix={pending ? <Spinner /> : <Search />}
        />
      </div>
      <Select
        aria-label={t('filters.status')}
        value={params.get('status') ?? any}
        onValueChange={(value) => set('status', value === any ? '' : value)}
        options={[{ value: any, label: t('filters.anyStatus') }, ...statuses]}
        className="w-36"
      />
      {projects.length > 1 ? (
        <Select
          aria-label={t('filters.project')}
          value={params.get('project') ?? any}
          onValueChange={(value) => set('project', value === any ? '' : value)}
          options={[{ value: any, label: t('filters.anyProject') }, ...projects]}
          className="w-44"
        />
      ) : null}
      {isFiltered ? (
        <ButtonLink href={pathname} variant="ghost" onClick={() => setText('')}>
          {t('filters.clear')}
        </ButtonLink>
      ) : null}
    </search>
  )
}
