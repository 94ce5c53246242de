'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import { cn } from '../ui/cn.ts'
import { ParamSwitch } from '../ui/param-switch.tsx'
import { Select } from '../ui/select.tsx'
import { alertKinds } from './alert-facts.ts'

/** Stands for no choice. */
const any = '*'

export function AlertFilters() {
  const t = useTranslations('alerts')
  const pathname = usePathname()
  const router = useRouter()
  const search = useSearchParams()
  const [pending, start] = useTransition()
  const choose = (kind: string) => {
    const next = new URLSearchParams(search)
    next.delete('cursor')
    if (kind === any) next.delete('kind')
    else next.set('kind', kind)
    start(() => router.replace(`${pathname}?${next}`, { scroll: false }))
  }
  return (
    <search
      aria-label={t('filters.label')}
      aria-busy={pending}
      className={cn('flex flex-wrap items-center gap-2 transition-opacity', pending && 'opacity-60')}
    >
      <ParamSwitch
        param="state"
        label={t('filters.state')}
        fallback="open"
        options={(['open', 'acknowledged', 'all'] as const).map((value) => ({
          value,
          label: t(`filters.states.${value}`),
        }))}
      />
      <Select
        size="sm"
        aria-label={t('filters.kind')}
        value={search.get('kind') ?? any}
        onValueChange={choose}
        options={[
          { value: any, label: t('filters.anyKind') },
          ...alertKinds.map((value) => ({ value, label: t(`kinds.${value}`) })),
        ]}
        className="w-44"
      />
    </search>
  )
}
