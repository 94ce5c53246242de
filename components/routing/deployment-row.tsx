'use client'

import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { toast } from '../ui/toast.ts'
import { HealthState } from './health-state.tsx'
import type { RoutedDeployment, RoutingActions } from './routing-facts.ts'

interface DeploymentRowProps {
  deployment: RoutedDeployment
  /** Null: for reading only. */
  actions: RoutingActions | null
  /** Of all weights in its tier. */
  sharePercent: number
  /** There is another one that it could go before or after. */
  isMovable: boolean
  onStep: (step: -1 | 1) => void
  onDragStart: () => void
  onDragEnd: () => void
}

export function DeploymentRow({
  deployment,
  actions,
  sharePercent,
  isMovable,
  onStep,
  onDragStart,
  onDragEnd,
}: DeploymentRowProps) {
  const t = useTranslations('routing')
  const { health, upstreamModel, providerName } = deployment
  return (
    <li
      draggable={isMovable}
      data-deployment={deployment.id}
      onDragStart={onDragStart}
      onDragEnd={onDragEnd}
      className="grid grid-cols-1 items-center gap-x-4 gap-y-2 py-2.5 sm:grid-cols-[minmax(0,1.4fr)_minmax(0,1.2fr)_minmax(0,1fr)_auto]"
    >
      <span className="flex min-w-0 items-center gap-2">
        {isMovable ? <GripVertical aria-hidden="true" className="size-4 shrink-0 cursor-grab text-faint" /> : null}
        <span className="grid min-w-0">
          <span className="truncate font-medium text-sm">{providerName}</span>
          <span className="truncate font-mono text-muted text-xs">{upstreamModel}</span>
        </span>
      </span>
      <span className="text-sm">
        <HealthState health={health} />
      </span>
      <span className="text-muted text-xs tabular-nums">
        {t('share', { percent: sharePercent })}
        {health.firstTokenMs === null ? null : <> · {t('firstToken', { ms: health.firstTokenMs })}</>}
        {health.errorRate ? <> · {t('errors', { percent: Math.round(health.errorRate * 100) })}</> : null}
      </span>
      {actions ? (
        <span className="flex items-center gap-1 sm:justify-end">
          {isMovable ? (
            <>
              <Button
                variant="ghost"
                size="icon"
                data-step={-1}
                aria-label={t('up', { name: providerName })}
                onClick={() => onStep(-1)}
              >
                <ArrowUp />
              </Button>
              <Button
                variant="ghost"
                size="icon"
                data-step={1}
                aria-label={t('down', { name: providerName })}
                onClick={() => onStep(1)}
              >
                <ArrowDown />
              </Button>
            </>
          ) : null}
          <Checks deployment={deployment} actions={actions} />
        </span>
      ) : null}
    </li>
  )
}

function Checks({ deployment, actions }: { deployment: RoutedDeployment; actions: RoutingActions }) {
  const t = useTranslations('routing')
  const failed = useTranslations('console.failure')
  const [testing, startTest] = useTransition()
  const [putting, startPut] = useTransition()
  const { id, providerId, providerName, health } = deployment
  const test = () =>
    startTest(async () => {
      const { failure, value } = await actions.test(providerId)
      if (failure) toast.error(failureText(failed, failure))
      else if (value.ok) toast.success(t('testOk', { name: providerName, ms: value.latencyMs }))
      else toast.error(value.problem ?? t('testFailed', { name: providerName }))
    })
  const putBack = () =>
    startPut(async () => {
      const isAccount = health.state === 'refused' || health.state === 'out_of_credit'
      const { failure } = await actions.putBack(isAccount ? providerId : id)
      if (failure) toast.error(failureText(failed, failure))
      else toast.success(t('putBackDone', { name: providerName }))
    })
  return (
    <>
      <Button size="sm" pending={testing} onClick={test}>
        {t('test')}
      </Button>
      {health.state === 'ok' || health.state === 'disabled' ? null : (
        <Button size="sm" pending={putting} onClick={putBack}>
          {t('putBack')}
        </Button>
      )}
    </>
  )
}
