'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState, useTransition } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { toast } from '../ui/toast.ts'
import type { ModelActions } from './model-actions.ts'
import { isModelName, isTokens } from './model-draft-checks.ts'
import type { ModelFacts } from './model-facts.ts'

interface EditModelDialogProps {
  isOpen: boolean
  onClose: () => void
  model: ModelFacts
  change: ModelActions['change']
}

export function EditModelDialog({ isOpen, onClose, model, change }: EditModelDialogProps) {
  const t = useTranslations('models.edit')
  const common = useTranslations('common')
  const formId = useId()
  const [pending, start] = useTransition()
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
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
        <EditModelForm id={formId} model={model} change={change} start={start} onClose={onClose} />
      </DialogContent>
    </Dialog>
  )
}

type Problems = Partial<Record<'name' | 'maxOutputTokens' | 'contextTokens', 'name' | 'taken' | 'tokens'>>

interface EditModelFormProps extends Omit<EditModelDialogProps, 'isOpen'> {
  id: string
  start: (work: () => Promise<void>) => void
}

function EditModelForm({ id, model, change, start, onClose }: EditModelFormProps) {
  const t = useTranslations('models')
  const failed = useTranslations('console.failure')
  const [draft, setDraft] = useState({
    name: model.name,
    maxOutputTokens: String(model.maxOutputTokens ?? ''),
    contextTokens: String(model.contextTokens ?? ''),
  })
  const [problems, setProblems] = useState<Problems>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const fieldOf = (field: keyof typeof draft) => ({
    value: draft[field],
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [field]: event.target.value }),
  })
  const errorOf = (field: keyof Problems) => (problems[field] ? t(`form.errors.${problems[field]}`) : undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found: Problems = {
      ...(!isModelName(draft.name.trim()) && { name: 'name' as const }),
      ...(!isTokens(draft.maxOutputTokens) && { maxOutputTokens: 'tokens' as const }),
      ...(!isTokens(draft.contextTokens) && { contextTokens: 'tokens' as const }),
    }
    setProblems(found)
    if (Object.keys(found).length > 0) return
    start(async () => {
      const { value, failure } = await change({ ...draft, name: draft.name.trim() })
      if (failure) return refuse(failure)
      toast.success(t('edit.saved', { name: value.name }))
      onClose()
    })
  }
  const refuse = (failure: ActionFailure) => {
    if (failure.param === 'name') setProblems({ name: failure.code === 'conflict' ? 'taken' : 'name' })
    else setRefusal(failureText(failed, failure))
  }
  return (
    <form id={id} onSubmit={submit} noValidate className="grid grid-cols-1 gap-5">
      <Field label={t('form.name')} hint={t('form.nameHint')} required error={errorOf('name')}>
        <Input mono spellCheck={false} maxLength={200} {...fieldOf('name')} />
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t('form.maxOutput')} hint={t('form.maxOutputHint')} error={errorOf('maxOutputTokens')}>
          <Input
            inputMode="numeric"
            suffix={t('form.tokensSuffix')}
            placeholder={t('form.unknown')}
            {...fieldOf('maxOutputTokens')}
          />
        </Field>
        <Field label={t('form.context')} hint={t('form.contextHint')} error={errorOf('contextTokens')}>
          <Input
            inputMode="numeric"
            suffix={t('form.tokensSuffix')}
            placeholder={t('form.unknown')}
            {...fieldOf('contextTokens')}
          />
        </Field>
      </div>
      {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
    </form>
  )
}
