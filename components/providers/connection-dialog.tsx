'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState, useTransition } from 'react'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Dialog, DialogContent } from '../ui/dialog.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { ConnectionReport } from './connection-report.tsx'
import { hostOf } from './host-of.ts'
import type { ProviderActions, ConnectionReport as Report } from './provider-actions.ts'
import type { ProviderFacts } from './provider-facts.ts'

interface ConnectionDialogProps {
  /** Tested as soon as it is there; null: closed. */
  provider: ProviderFacts | null
  test: ProviderActions['test']
  onClose: () => void
}

/** The test of a saved provider, from its row. */
export function ConnectionDialog({ provider, test, onClose }: ConnectionDialogProps) {
  const t = useTranslations('providers.test')
  return (
    <Dialog open={provider !== null} onOpenChange={(open) => !open && onClose()}>
      {provider ? (
        <DialogContent title={t('title', { name: provider.name })} description={t('description')}>
          <RunningTest provider={provider} test={test} />
        </DialogContent>
      ) : null}
    </Dialog>
  )
}

function RunningTest({ provider, test }: { provider: ProviderFacts; test: ProviderActions['test'] }) {
  const t = useTranslations('providers.test')
  const failed = useTranslations('console.failure')
  const [pending, start] = useTransition()
  const [report, setReport] = useState<Report | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [run, setRun] = useState(0)
  const { id } = provider
  useEffect(() => {
    let left = false
    start(async () => {
      const { value, failure } = await test({ providerId: id })
      if (left) return
      setReport(value ?? null)
      setProblem(failure ? failureText(failed, failure) : null)
    })
    return () => {
      left = true
    }
  }, [run, id])
  const isWaiting = pending || (!report && !problem)
  return (
    <>
      <div aria-live="polite" className="grid min-h-16 grid-cols-1 content-start">
        {isWaiting ? (
          <p className="flex items-center gap-2 py-2 text-muted text-sm">
            <Spinner />
            {t('running', { host: hostOf(provider.baseUrl) })}
          </p>
        ) : report ? (
          <ConnectionReport report={report} />
        ) : (
          <Callout tone="danger">{problem}</Callout>
        )}
      </div>
      <Button onClick={() => setRun(run + 1)} disabled={isWaiting} className="w-fit">
        {t('again')}
      </Button>
    </>
  )
}
