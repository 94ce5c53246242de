'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { Progress } from '../ui/progress.tsx'
import { useReRatingProgress } from './use-re-rating-progress.ts'

interface RunningReRatingProps {
  /** Where the books say how far it is. */
  progressHref: string
  /** Requests that the preview found. */
  found: number
}

/** How far a re-rating has come, as the books say. */
export function RunningReRating({ progressHref, found }: RunningReRatingProps) {
  const t = useTranslations('reRatings.progress')
  const format = useFormatter()
  const seen = useReRatingProgress(progressHref, found)
  return (
    <div className="grid grid-cols-1 gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-sm">
        <p className="font-medium">{t('title')}</p>
        <p className="text-muted tabular-nums" role="status">
          {seen ? t('of', { done: format.number(seen.done), all: format.number(seen.all) }) : t('begins')}
        </p>
      </div>
      <Progress ratio={seen?.ratio ?? null} label={t('title')} />
      <p className="text-muted text-xs">{t('stays')}</p>
    </div>
  )
}
