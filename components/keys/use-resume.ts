'use client'

import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import { failureText } from '../failure-text.ts'
import { toast } from '../ui/toast.ts'
import type { KeyActions } from './key-actions.ts'

/** Resuming asks nothing: it cuts nobody off, and pausing again undoes it. */
export function useResume(resume: KeyActions['resume']): [pending: boolean, run: (id: string, name: string) => void] {
  const t = useTranslations('keys')
  const tFailure = useTranslations('console.failure')
  const [pending, start] = useTransition()
  const run = (id: string, name: string) =>
    start(async () => {
      const { failure } = await resume(id)
      if (failure) toast.error(failure.code === 'conflict' ? t('problem.revoked') : failureText(tFailure, failure))
      else toast.success(t('resume.done', { name }))
    })
  return [pending, run]
}
