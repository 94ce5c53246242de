'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState, useTransition } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { toast } from '../ui/toast.ts'
import type { ModelActions } from './model-actions.ts'
import type { ModelFacts, ProviderOption } from './model-facts.ts'
import { OrderFields, readOrder } from './order-fields.tsx'
import { UpstreamModelField } from './upstream-model-field.tsx'

interface DeploymentDialogProps {
  isOpen: boolean
  onClose: () => void
  model: ModelFacts
  providers: readonly ProviderOption[]
  providersHref: string
  add: ModelActions['addDeployment']
}

/** Another upstream model for the same name. */
export function DeploymentDialog({ isOpen, onClose, model, ...rest }: DeploymentDialogProps) {
  const t = useTranslations('models.deployment')
  const common = useTranslations('common')
  const formId = useId()
  const [pending, start] = useTransition()
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('addTitle', { model: model.name })}
        description={t('addDescription')}
        footer={
          <>
            <DialogClose asChild>
              <Button disabled={pending}>{common('cancel')}</Button>
            </DialogClose>
            <Button variant="primary" type="submit" form={formId} pending={pending}>
              {t('add')}
            </Button>
          </>
        }
      >
        <DeploymentForm {...rest} id={formId} model={model} start={start} onClose={onClose} />
      </DialogContent>
    </Dialog>
  )
}

interface DeploymentFormProps extends Omit<DeploymentDialogProps, 'isOpen'> {
  id: string
  start: (work: () => Promise<void>) => void
}

function DeploymentForm({ id, model, providers, providersHref, add, start, onClose }: DeploymentFormProps) {
  const t = useTranslations('models')
  const failed = useTranslations('console.failure')
  const [providerId, setProviderId] = useState(providers[0]?.id ?? '')
  const [upstreamModel, setUpstreamModel] = useState('')
  const [order, setOrder] = useState({ priority: '0', weight: '1' })
  const [problem, setProblem] = useState<'required' | 'duplicate' | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { priority, weight } = readOrder(order)
    const name = upstreamModel.trim()
    setProblem(name ? null : 'required')
    if (!name || priority === null || weight === null) return
    start(async () => {
      const { failure } = await add({ providerId, upstreamModel: name, priority, weight })
      if (failure) return refuse(failure)
      toast.success(t('deployment.added', { name, model: model.name }))
      onClose()
    })
  }
  const refuse = (failure: ActionFailure) => {
    if (failure.param === 'deployments') setProblem('duplicate')
    else if (failure.param?.endsWith('providerId')) setRefusal(t('form.errors.provider'))
    else setRefusal(failureText(failed, failure))
  }
  return (
    <form id={id} onSubmit={submit} noValidate className="grid grid-cols-1 gap-5">
      <Field label={t('form.provider')}>
        <Select
          value={providerId}
          onValueChange={setProviderId}
          options={providers.map((provider) => ({
            value: provider.id,
            label: provider.name,
            description: provider.vendorLabel,
          }))}
        />
      </Field>
      <UpstreamModelField
        provider={providers.find((provider) => provider.id === providerId)}
        providersHref={providersHref}
        value={upstreamModel}
        onChange={(value) => {
          setUpstreamModel(value)
          setProblem(null)
        }}
        error={problem ? t(`form.errors.${problem}`) : undefined}
      />
      <OrderFields draft={order} onChange={setOrder} />
      {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
    </form>
  )
}
