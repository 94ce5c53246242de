'use client'

import { PlugZap } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { ConnectionReport } from './connection-report.tsx'
import type { ConnectionTarget, ProviderActions, ConnectionReport as Report } from './provider-actions.ts'

interface ConnectionTestProps {
  test: ProviderActions['test']
  /** What to call; null while the form does not say enough, and `onMissing` shows what. */
  target: ConnectionTarget | null
  onMissing: () => void
  /** Says at its field what is wrong with the target. Missing: nobody can mend it here. */
  onRefused?: (failure: ActionFailure) => void
}

/** A button for a real call, and how it went. Another target makes the old answer go. */
export function ConnectionTest({ test, target, onMissing, onRefused }: ConnectionTestProps) {
  const t = useTranslations('providers')
  const failed = useTranslations('console.failure')
  const [pending, start] = useTransition()
  const [answer, setAnswer] = useState<{ of: string; report?: Report; problem?: string } | null>(null)
  const asked = JSON.stringify(target)
  const shown = answer?.of === asked ? answer : null
  const run = () => {
    if (!target) return onMissing()
    start(async () => {
      const { value, failure } = await test(target)
      if (!failure) setAnswer({ of: asked, report: value })
      else if (failure.param && onRefused) onRefused(failure)
      else if (failure.param === 'baseUrl') setAnswer({ of: asked, problem: t('form.errors.address') })
      else setAnswer({ of: asked, problem: failureText(failed, failure) })
    })
  }
  return (
    <div className="grid grid-cols-1 gap-3">
      <Button onClick={run} pending={pending} className="w-fit">
        <PlugZap />
        {shown ? t('test.again') : t('test.button')}
      </Button>
      <div aria-live="polite" className="grid grid-cols-1 empty:hidden">
        {shown?.report ? <ConnectionReport report={shown.report} /> : null}
        {shown?.problem ? <Callout tone="danger">{shown.problem}</Callout> : null}
      </div>
    </div>
  )
}
