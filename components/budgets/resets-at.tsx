'use client'

import { useFormatter, useNow, useTranslations } from 'next-intl'
import { cn } from '../ui/cn.ts'

const refreshMs = 60_000

/** "Resets in 6 days"; the title has the moment. */
export function ResetsAt({ at, className }: { at: string | null; className?: string }) {
  const t = useTranslations('console.budget')
  const format = useFormatter()
  const now = useNow({ updateInterval: refreshMs })
  if (at === null) return <span className={cn('text-muted', className)}>{t('resetsNever')}</span>
  const date = new Date(at)
  return (
    <time
      dateTime={at}
      title={format.dateTime(date, { dateStyle: 'full', timeStyle: 'short' })}
      className={cn('whitespace-nowrap text-muted', className)}
    >
      {t('resets', { when: format.relativeTime(date, now) })}
    </time>
  )
}
