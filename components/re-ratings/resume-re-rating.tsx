'use client'

import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import type { ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { toast } from '../ui/toast.ts'

export type ResumeReRatingAction = (id: string) => Promise<ActionResult<{ requests: number }>>

/** Goes on with what was cut off; pressed while it is on its way, it counts nothing twice. */
export function ResumeReRating({ id, resume }: { id: string; resume: ResumeReRatingAction }) {
  const t = useTranslations('reRatings')
  const failed = useTranslations('console.failure')
  const [pending, start] = useTransition()
  const press = () =>
    start(async () => {
      const { value, failure } = await resume(id)
      if (failure) toast.error(failure.code === 'internal_error' ? t('cutOff') : failureText(failed, failure))
      else toast.success(t('done', { count: value.requests }))
    })
  return (
    <Button size="sm" pending={pending} onClick={press}>
      {t('history.resume')}
    </Button>
  )
}
