'use client'

import { useTimeZone, useTranslations } from 'next-intl'
import { type FormEvent, useId, useState, useTransition } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { emptyPrice, type PriceField, wrongPriceFields } from '../prices/price-draft.ts'
import { PriceFields } from '../prices/price-fields.tsx'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import { toast } from '../ui/toast.ts'
import { DeploymentSelect } from './deployment-select.tsx'
import type { ModelActions } from './model-actions.ts'
import type { ModelFacts } from './model-facts.ts'
import { priceDraftOfDeployment } from './price-draft-of-deployment.ts'

interface PriceDialogProps {
  isOpen: boolean
  onClose: () => void
  model: ModelFacts
  setPrice: ModelActions['setPrice']
  /** "2026-11-24" where the organization is. */
  today: string
}

export function PriceDialog({ isOpen, onClose, model, setPrice, today }: PriceDialogProps) {
  const t = useTranslations('models.price')
  const common = useTranslations('common')
  const formId = useId()
  const [pending, start] = useTransition()
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size="lg"
        title={t('title', { model: model.name })}
        description={t('description')}
        footer={
          <>
            <DialogClose asChild>
              <Button disabled={pending}>{common('cancel')}</Button>
            </DialogClose>
            <Button variant="primary" type="submit" form={formId} pending={pending}>
              {t('save')}
            </Button>
          </>
        }
      >
        <PriceForm id={formId} model={model} setPrice={setPrice} today={today} start={start} onClose={onClose} />
      </DialogContent>
    </Dialog>
  )
}

interface PriceFormProps extends Omit<PriceDialogProps, 'isOpen'> {
  id: string
  start: (work: () => Promise<void>) => void
}

function PriceForm({ id, model, setPrice, today, start, onClose }: PriceFormProps) {
  const t = useTranslations('models')
  const failed = useTranslations('console.failure')
  const timeZone = useTimeZone() ?? 'UTC'
  const [deploymentId, setDeploymentId] = useState<string | null>(null)
  const [price, setDraft] = useState(() => priceDraftOfDeployment(model, null) ?? emptyPrice)
  /** What was typed stays, whichever deployment is chosen then. */
  const [isTyped, setTyped] = useState(false)
  const [isDated, setDated] = useState(false)
  const [date, setDate] = useState(today)
  const [wrong, setWrong] = useState<readonly PriceField[]>([])
  const [isDateWrong, setDateWrong] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = wrongPriceFields(price)
    const isLate = isDated && !(date >= today)
    setWrong(found)
    setDateWrong(isLate)
    if (found.length > 0 || isLate) return
    start(async () => {
      const { failure } = await setPrice({ deploymentId, price, startsOn: isDated ? date : null })
      if (failure) return refuse(failure)
      toast.success(t('price.saved'))
      onClose()
    })
  }
  const refuse = (failure: ActionFailure) => {
    if (failure.param === 'startsOn') setDateWrong(true)
    else setRefusal(failureText(failed, failure))
  }
  return (
    <form id={id} onSubmit={submit} noValidate className="grid grid-cols-1 gap-5">
      <DeploymentSelect
        model={model}
        value={deploymentId}
        onChange={(chosen) => {
          setDeploymentId(chosen)
          const inForce = priceDraftOfDeployment(model, chosen)
          if (inForce && !isTyped) setDraft(inForce)
        }}
      />
      <PriceFields
        draft={price}
        wrong={wrong}
        onChange={(draft) => {
          setTyped(true)
          setDraft(draft)
        }}
      />
      <Field label={t('price.starts')}>
        <RadioCards
          layout="segmented"
          value={isDated ? 'date' : 'now'}
          onValueChange={(choice) => setDated(choice === 'date')}
          options={[
            { value: 'now', label: t('price.now') },
            { value: 'date', label: t('price.onDate') },
          ]}
        />
      </Field>
      {isDated ? (
        <Field
          label={t('price.date')}
          hint={t('price.dateHint', { zone: timeZone })}
          error={isDateWrong ? t('form.errors.date') : undefined}
        >
          <Input
            type="date"
            min={today}
            value={date}
            onChange={(event) => setDate(event.target.value)}
            className="w-44"
          />
        </Field>
      ) : null}
      {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
    </form>
  )
}
