'use client'

import { Play } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import { displayUsd } from '../display-usd.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Select } from '../ui/select.tsx'
import { type CallOutcome, callGateway } from './call-gateway.ts'

interface TestKeyProps {
  secret: string
  /** What it may call; not empty. */
  models: readonly string[]
  model: string
  onModel: (model: string) => void
}

/** One real call: whether the key works, how fast, for how much. */
export function TestKey({ secret, models, model, onModel }: TestKeyProps) {
  const t = useTranslations('keys.test')
  const [outcome, setOutcome] = useState<CallOutcome | null>(null)
  const [pending, start] = useTransition()
  const run = () =>
    start(async () => {
      const result = await callGateway(secret, model, t('prompt'))
      setOutcome(result)
    })
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        {models.length > 1 ? (
          <Select
            aria-label={t('model')}
            value={model}
            onValueChange={onModel}
            options={models.map((name) => ({ value: name, label: name }))}
            className="w-auto max-w-56"
          />
        ) : null}
        <Button onClick={run} pending={pending}>
          <Play />
          {t(outcome ? 'again' : 'run')}
        </Button>
        <span className="text-muted text-xs" aria-live="polite">
          {pending ? t('running', { model }) : outcome ? null : t('description')}
        </span>
      </div>
      {outcome && !pending ? <Outcome outcome={outcome} /> : null}
    </div>
  )
}

function Outcome({ outcome }: { outcome: CallOutcome }) {
  const t = useTranslations('keys.test')
  const format = useFormatter()
  if (outcome.kind === 'unreachable') return <Callout tone="danger">{t('unreachable')}</Callout>
  if (outcome.kind === 'refused') {
    return (
      <Callout tone="danger" title={`${t('refused')} (${[outcome.status, outcome.code].filter(Boolean).join(' ')})`}>
        {outcome.message}
      </Callout>
    )
  }
  const latency = t('milliseconds', { count: format.number(outcome.latencyMs) })
  return (
    <Callout
      tone="positive"
      title={
        outcome.costUsd === null
          ? t('answeredNoCost', { latency })
          : t('answered', { latency, cost: displayUsd(outcome.costUsd, 'exact') })
      }
    >
      <span className="line-clamp-4 whitespace-pre-wrap">{outcome.text}</span>
    </Callout>
  )
}
