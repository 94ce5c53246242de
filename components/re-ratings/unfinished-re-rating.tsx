'use client'

import { useRouter } from 'next/navigation'
import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useState, useTransition } from 'react'
import type { ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Progress } from '../ui/progress.tsx'
import { Time } from '../ui/time.tsx'
import { toast } from '../ui/toast.ts'
import type { ReRatingFacts } from './re-rating-facts.ts'
import { useReRatingProgress } from './use-re-rating-progress.ts'

export type ResumeReRatingAction = (id: string) => Promise<ActionResult<{ requests: number }>>

interface UnfinishedReRatingProps {
  reRating: Pick<ReRatingFacts, 'id' | 'at' | 'madeBy'>
  progressHref: string
  /** Requests that it has charged, and those that are left. */
  found: number
  /** Null: for reading only. */
  resume: ResumeReRatingAction | null
}

/**
 * One that is on its way, here or in another window, or that was cut off: where nothing moves any more, it can be gone on
 * with. Pressed while it is on its way after all, that counts nothing twice.
 */
export function UnfinishedReRating({ reRating, progressHref, found, resume }: UnfinishedReRatingProps) {
  const t = useTranslations('reRatings')
  const failed = useTranslations('console.failure')
  const format = useFormatter()
  const router = useRouter()
  const seen = useReRatingProgress(progressHref, found)
  const [pending, start] = useTransition()
  const [refusal, setRefusal] = useState<string | null>(null)
  const isFinished = seen?.isFinished ?? false
  useEffect(() => {
    if (isFinished) router.refresh()
  }, [isFinished, router])
  const press = () => {
    if (!resume) return
    setRefusal(null)
    start(async () => {
      const { value, failure } = await resume(reRating.id)
      if (!failure) toast.success(t('done', { count: value.requests }))
      else setRefusal(failure.code === 'internal_error' ? t('progress.cutOffAgain') : failureText(failed, failure))
    })
  }
  const isMoving = pending || seen === null || seen.isMoving
  return (
    <Callout
      className="max-w-2xl"
      tone={isMoving ? 'accent' : 'warning'}
      title={isMoving ? t('progress.title') : t('progress.cutOff')}
      action={
        resume && (pending || !isMoving) ? (
          <Button size="sm" pending={pending} onClick={press}>
            {t('history.resume')}
          </Button>
        ) : null
      }
    >
      <div className="grid gap-2 pt-0.5">
        <p className="flex flex-wrap gap-x-4 gap-y-1 tabular-nums">
          <span role="status">
            {seen
              ? t('progress.of', { done: format.number(seen.done), all: format.number(seen.all) })
              : t('progress.begins')}
          </span>
          <span>
            <Time at={reRating.at} format="datetime" /> · {reRating.madeBy}
          </span>
        </p>
        <Progress ratio={seen?.ratio ?? null} label={t('progress.title')} />
        {refusal ? (
          <p role="alert" className="text-danger-text">
            {refusal}
          </p>
        ) : isMoving ? null : (
          <p>{t('progress.cutOffHint')}</p>
        )}
      </div>
    </Callout>
  )
}
