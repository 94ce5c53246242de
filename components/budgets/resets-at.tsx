'use client'

import { useFormatter, useNow, useTranslations } from 'next-intl'
import { cn } from '../ui/cn.ts'

const refreshMs = 60_000

interface ResetsAtProps {
  /** ISO 8601; null for a budget that never starts anew. */
  at: string | null
  /** "in 6 days" alone, under a heading that says of what. */
  bare?: boolean
  className?: string
}

/** "Resets in 6 days"; the title has the moment. */
export function ResetsAt({ at, bare = false, className }: ResetsAtProps) {
  const t = useTranslations('console.budget')
  const format = useFormatter()
  const now = useNow({ updateInterval: refreshMs })
  if (at === null)
    return <span className={cn('whitespace-nowrap text-muted', className)}>{t(bare ? 'never' : 'resetsNever')}</span>
  const date = new Date(at)
  return (
    <time
      dateTime={at}
      title={format.dateTime(date, { dateStyle: 'full', timeStyle: 'short' })}
      className={cn('whitespace-nowrap text-muted', className)}
    >
      {bare ? format.relativeTime(date, now) : t('resets', { when: format.relativeTime(date, now) })}
    </time>
  )
}
