'use client'

import { useTimeZone, useTranslations } from 'next-intl'
import { type FormEvent, useState, useTransition } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { DeploymentSelect } from '../models/deployment-select.tsx'
import type { ModelFacts } from '../models/model-facts.ts'
import { priceDraftOfDeployment } from '../models/price-draft-of-deployment.ts'
import { emptyPrice, type PriceField, wrongPriceFields } from '../prices/price-draft.ts'
import { PriceFields } from '../prices/price-fields.tsx'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import type { PreviewFacts, ReRatingActions, ReRatingDraft } from './re-rating-facts.ts'
import { ReRatingPreview } from './re-rating-preview.tsx'
import { RunningReRating } from './running-re-rating.tsx'

interface ReRatingFormProps {
  model: ModelFacts
  /** "2026-11-24" where the organization is; the first day of its month. */
  today: string
  monthStart: string
  /** Where the books say how far one is; `?of=` names it. */
  progressHref: string
  /** One stands unfinished on the page. */
  isOneUnfinished: boolean
  actions: ReRatingActions
}

/** A span of the past and the price that it shall have had; what would change is shown before anything is. */
export function ReRatingForm({ model, today, monthStart, progressHref, isOneUnfinished, actions }: ReRatingFormProps) {
  const t = useTranslations('reRatings')
  const failed = useTranslations('console.failure')
  const timeZone = useTimeZone() ?? 'UTC'
  const [draft, setDraft] = useState<ReRatingDraft>({
    deploymentId: null,
    fromDay: monthStart,
    toDay: today,
    price: priceDraftOfDeployment(model, null) ?? emptyPrice,
  })
  /** What was typed stays, whichever deployment is chosen then. */
  const [isTyped, setTyped] = useState(false)
  const [wrong, setWrong] = useState<readonly PriceField[]>([])
  const [isSpanWrong, setSpanWrong] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [preview, setPreview] = useState<(PreviewFacts & { id: string }) | null>(null)
  const [reason, setReason] = useState('')
  const [pending, start] = useTransition()
  const [isRunning, run] = useTransition()
  const [outcome, setOutcome] = useState<{ count: number } | { failure: ActionFailure } | null>(null)
  const [wasUnfinished, setWasUnfinished] = useState(isOneUnfinished)
  // What was cut off has been gone on with to its end: what stands here of it is of the past.
  if (wasUnfinished !== isOneUnfinished) {
    setWasUnfinished(isOneUnfinished)
    if (wasUnfinished) {
      setOutcome(null)
      setPreview(null)
    }
  }
  const change = (part: Partial<ReRatingDraft>) => {
    setDraft({ ...draft, ...part })
    // What was previewed is no longer what stands here.
    setPreview(null)
    setOutcome(null)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = wrongPriceFields(draft.price)
    const isBackwards = !(draft.fromDay && draft.fromDay <= draft.toDay && draft.toDay <= today)
    setWrong(found)
    setSpanWrong(isBackwards)
    setRefusal(null)
    setOutcome(null)
    if (found.length > 0 || isBackwards) return
    start(async () => {
      const { value, failure } = await actions.preview(draft)
      if (failure) return setRefusal(failureText(failed, failure))
      setPreview({ ...value, id: crypto.randomUUID() })
    })
  }
  const apply = (shown: PreviewFacts & { id: string }) => {
    setOutcome(null)
    run(async () => {
      const { value, failure } = await actions.apply({
        id: shown.id,
        deploymentId: draft.deploymentId,
        from: shown.from,
        to: shown.to,
        price: draft.price,
        reason: reason.trim(),
      })
      if (failure) return setOutcome({ failure })
      // What was previewed has been done.
      setOutcome({ count: value.requests })
      setPreview(null)
      setReason('')
    })
  }
  const problem =
    outcome && 'failure' in outcome
      ? outcome.failure.code === 'internal_error' && isOneUnfinished
        ? t('cutOff')
        : failureText(failed, outcome.failure)
      : null
  return (
    <div className="grid grid-cols-1 gap-8">
      <form onSubmit={submit} noValidate className="max-w-2xl">
        <fieldset disabled={isRunning} className="grid min-w-0 grid-cols-1 gap-5">
          <DeploymentSelect
            model={model}
            value={draft.deploymentId}
            onChange={(deploymentId) => {
              const inForce = priceDraftOfDeployment(model, deploymentId)
              change({ deploymentId, ...(inForce && !isTyped && { price: inForce }) })
            }}
          />
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <Field
              label={t('fromDay')}
              hint={t('dayHint', { zone: timeZone })}
              error={isSpanWrong ? t('spanWrong') : undefined}
            >
              <Input
                type="date"
                max={today}
                value={draft.fromDay}
                onChange={(event) => change({ fromDay: event.target.value })}
              />
            </Field>
            <Field label={t('toDay')} hint={t('toDayHint')}>
              <Input
                type="date"
                max={today}
                value={draft.toDay}
                onChange={(event) => change({ toDay: event.target.value })}
              />
            </Field>
          </div>
          <PriceFields
            draft={draft.price}
            wrong={wrong}
            onChange={(price) => {
              setTyped(true)
              change({ price })
            }}
          />
          {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
          <div>
            <Button type="submit" variant={preview ? 'secondary' : 'primary'} pending={pending} disabled={isRunning}>
              {t('previewButton')}
            </Button>
          </div>
        </fieldset>
      </form>
      <div aria-live="polite" className="grid grid-cols-1 gap-6">
        {problem ? <Callout tone="danger">{problem}</Callout> : null}
        {outcome && 'count' in outcome ? (
          <Callout tone="positive" title={t('done', { count: outcome.count })}>
            {t('doneHint')}
          </Callout>
        ) : null}
        {preview ? (
          <>
            <ReRatingPreview preview={preview} />
            {preview.requests > 0 && preview.differenceUsd !== '0' ? (
              <div className="grid max-w-2xl grid-cols-1 gap-4">
                <Field label={t('reason')} hint={t('reasonHint')} optional>
                  <Input
                    maxLength={500}
                    disabled={isRunning}
                    value={reason}
                    onChange={(event) => setReason(event.target.value)}
                  />
                </Field>
                {isRunning ? (
                  <RunningReRating progressHref={`${progressHref}?of=${preview.id}`} found={preview.requests} />
                ) : (
                  <div>
                    <ConfirmDialog
                      trigger={<Button variant="primary">{t('apply')}</Button>}
                      title={t('confirm.title')}
                      description={t('confirm.description', { count: preview.requests })}
                      confirmLabel={t('apply')}
                      onConfirm={async () => apply(preview)}
                    />
                  </div>
                )}
              </div>
            ) : null}
          </>
        ) : null}
      </div>
    </div>
  )
}
