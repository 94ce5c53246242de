'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState, useTransition } from 'react'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { toast } from '../ui/toast.ts'
import { type Patience, patienceFields, readPatience, secondsOf } from './patience.ts'
import type { RouteFacts, RoutingActions } from './routing-facts.ts'

interface PatienceDialogProps {
  route: RouteFacts
  change: RoutingActions['changePatience']
  onClose: () => void
}

/** How long a route waits for its vendors, how often it tries, and what becomes of answers that break. */
export function PatienceDialog({ route, change, onClose }: PatienceDialogProps) {
  const t = useTranslations('routing.patience')
  const common = useTranslations('common')
  const failed = useTranslations('console.failure')
  const formId = useId()
  const [draft, setDraft] = useState<Record<keyof Omit<Patience, 'isContinued'>, string>>({
    connectTimeoutMs: secondsOf(route.patience.connectTimeoutMs),
    firstTokenTimeoutMs: secondsOf(route.patience.firstTokenTimeoutMs),
    idleTimeoutMs: secondsOf(route.patience.idleTimeoutMs),
    totalTimeoutMs: secondsOf(route.patience.totalTimeoutMs),
    maxAttempts: String(route.patience.maxAttempts ?? ''),
  })
  const [isContinued, setContinued] = useState(route.patience.isContinued)
  const [wrong, setWrong] = useState<string[]>([])
  const [refusal, setRefusal] = useState<string | null>(null)
  const [pending, start] = useTransition()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { patience, wrong: found } = readPatience(draft)
    setWrong(found)
    if (!patience) return
    start(async () => {
      const { failure } = await change(route.id, { ...patience, isContinued })
      if (failure) return setRefusal(failureText(failed, failure))
      toast.success(t('saved', { name: route.name }))
      onClose()
    })
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { name: route.name })}
        description={t('description')}
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
        <form id={formId} onSubmit={submit} noValidate className="grid grid-cols-1 gap-5">
          <div className="grid items-start gap-4 sm:grid-cols-2">
            {patienceFields.map((field) => (
              <Field
                key={field}
                label={t(`fields.${field}`)}
                hint={t(`hints.${field}`)}
                error={wrong.includes(field) ? t(field === 'maxAttempts' ? 'wrongCount' : 'wrongTime') : undefined}
              >
                <Input
                  inputMode="decimal"
                  placeholder={t('default')}
                  {...(field !== 'maxAttempts' && { suffix: t('seconds') })}
                  value={draft[field]}
                  onChange={(event) => setDraft({ ...draft, [field]: event.target.value })}
                />
              </Field>
            ))}
          </div>
          <Field layout="inline" label={t('continued')} hint={t('continuedHint')}>
            <Checkbox checked={isContinued} onCheckedChange={(checked) => setContinued(checked === true)} />
          </Field>
          {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
        </form>
      </DialogContent>
    </Dialog>
  )
}
