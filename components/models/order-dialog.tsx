'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState, useTransition } from 'react'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { toast } from '../ui/toast.ts'
import type { ModelActions } from './model-actions.ts'
import type { DeploymentFacts } from './model-facts.ts'
import { OrderFields, readOrder } from './order-fields.tsx'

interface OrderDialogProps {
  isOpen: boolean
  onClose: () => void
  deployment: DeploymentFacts
  change: ModelActions['changeDeployment']
}

export function OrderDialog({ isOpen, onClose, deployment, change }: OrderDialogProps) {
  const t = useTranslations('models')
  const common = useTranslations('common')
  const formId = useId()
  const [pending, start] = useTransition()
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('deployment.orderTitle', { name: deployment.upstreamModel })}
        footer={
          <>
            <DialogClose asChild>
              <Button disabled={pending}>{common('cancel')}</Button>
            </DialogClose>
            <Button variant="primary" type="submit" form={formId} pending={pending}>
              {common('save')}
            </Button>
          </>
        }
      >
        <OrderForm id={formId} deployment={deployment} change={change} start={start} onClose={onClose} />
      </DialogContent>
    </Dialog>
  )
}

interface OrderFormProps extends Pick<OrderDialogProps, 'deployment' | 'change' | 'onClose'> {
  id: string
  start: (work: () => Promise<void>) => void
}

function OrderForm({ id, deployment, change, start, onClose }: OrderFormProps) {
  const t = useTranslations('models')
  const failed = useTranslations('console.failure')
  const [draft, setDraft] = useState({ priority: String(deployment.priority), weight: String(deployment.weight) })
  const [refusal, setRefusal] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { priority, weight } = readOrder(draft)
    if (priority === null || weight === null) return
    start(async () => {
      const { failure } = await change(deployment.id, { priority, weight })
      if (failure) return setRefusal(failureText(failed, failure))
      toast.success(t('deployment.saved'))
      onClose()
    })
  }
  return (
    <form id={id} onSubmit={submit} noValidate className="grid grid-cols-1 gap-4">
      <OrderFields draft={draft} onChange={setDraft} />
      {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
    </form>
  )
}
