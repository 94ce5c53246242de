'use client'

import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState, useTransition } from 'react'
import { parseUsd } from '#lib/core/money.ts'
import { type BudgetScope, type Period, periods } from '#lib/core/period.ts'
import type { ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { toast } from '../ui/toast.ts'
import type { BudgetDraft } from './budget-actions.ts'

export interface NewBudgetProps {
  create: (draft: BudgetDraft) => Promise<ActionResult<null>>
  mayChangeOrganization: boolean
  projects: readonly { id: string; name: string }[]
  members: readonly { id: string; name: string; email: string }[]
  keys: readonly { id: string; name: string; detail: string }[]
  models: readonly string[]
  tags: readonly string[]
}

/** A limit for anything that can have one, also for one model or one tag alone. */
export function NewBudget(props: NewBudgetProps) {
  const t = useTranslations('budgets.new')
  const common = useTranslations('common')
  const formId = useId()
  const [isOpen, setOpen] = useState(false)
  const [pending, start] = useTransition()
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Plus />
        {t('button')}
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen}>
        <DialogContent
          title={t('title')}
          description={t('description')}
          footer={
            <>
              <DialogClose asChild>
                <Button disabled={pending}>{common('cancel')}</Button>
              </DialogClose>
              <Button variant="primary" type="submit" form={formId} pending={pending}>
                {t('submit')}
              </Button>
            </>
          }
        >
          <NewBudgetForm {...props} id={formId} start={start} onDone={() => setOpen(false)} />
        </DialogContent>
      </Dialog>
    </>
  )
}

interface NewBudgetFormProps extends NewBudgetProps {
  id: string
  start: (work: () => Promise<void>) => void
  onDone: () => void
}

const every = 'every'
const tagShape = /^[\p{L}\p{N}][\p{L}\p{N}._:/-]{0,63}$/u

function NewBudgetForm({ id, start, onDone, create, ...options }: NewBudgetFormProps) {
  const t = useTranslations('budgets.new')
  const tErrors = useTranslations('budgets.errors')
  const tBudget = useTranslations('console.budget')
  const failed = useTranslations('console.failure')
  const scopes: readonly BudgetScope[] = options.mayChangeOrganization
    ? ['organization', 'project', 'member', 'key']
    : ['project', 'member', 'key']
  const [scope, setScope] = useState<BudgetScope>('project')
  const [scopeId, setScopeId] = useState<string | null>(null)
  const [limitUsd, setLimit] = useState('')
  const [period, setPeriod] = useState<Period>('month')
  const [model, setModel] = useState(every)
  const [tag, setTag] = useState('')
  const [problems, setProblems] = useState<{ scopeId?: string; limit?: string; tag?: string }>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const targets = {
    organization: [],
    project: options.projects.map(({ id, name }) => ({ value: id, label: name })),
    member: options.members.map(({ id, name, email }) => ({ value: id, label: name, description: email })),
    key: options.keys.map(({ id, name, detail }) => ({ value: id, label: name, description: detail })),
  }[scope]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setRefusal(null)
    const found = {
      ...(scope !== 'organization' && !scopeId && { scopeId: tErrors('target') }),
      ...(parseUsd(limitUsd) === null && { limit: tErrors('limit') }),
      ...(tag.trim() && !tagShape.test(tag.trim()) && { tag: tErrors('tag') }),
    }
    setProblems(found)
    if (Object.keys(found).length > 0) return
    start(async () => {
      const { failure } = await create({
        scope,
        scopeId: scope === 'organization' ? null : scopeId,
        period,
        limitUsd,
        model: model === every ? null : model,
        tag: tag.trim() || null,
      })
      if (failure) return setRefusal(failure.code === 'conflict' ? t('taken') : failureText(failed, failure))
      toast.success(t('done'))
      onDone()
    })
  }
  return (
    <form id={id} onSubmit={submit} noValidate className="grid grid-cols-1 gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('scope')}>
          <Select
            value={scope}
            onValueChange={(value) => {
              setScope(value as BudgetScope)
              setScopeId(null)
            }}
            options={scopes.map((value) => ({ value, label: t(`scopes.${value}`) }))}
          />
        </Field>
        {scope === 'organization' ? null : (
          <Field label={t(`scopes.${scope}`)} required error={problems.scopeId}>
            <Combobox label={t(`scopes.${scope}`)} options={targets} value={scopeId} onValueChange={setScopeId} />
          </Field>
        )}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={tBudget('amount')} required error={problems.limit}>
          <Input prefix="$" inputMode="decimal" value={limitUsd} onChange={(event) => setLimit(event.target.value)} />
        </Field>
        <Field label={tBudget('periodLabel')}>
          <Select
            value={period}
            onValueChange={(value) => setPeriod(value as Period)}
            options={periods.map((value) => ({ value, label: tBudget(`periods.${value}`) }))}
          />
        </Field>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('model')} hint={t('modelHint')}>
          <Select
            value={model}
            onValueChange={setModel}
            options={[
              { value: every, label: t('everyModel') },
              ...options.models.map((name) => ({ value: name, label: name })),
            ]}
          />
        </Field>
        {scope === 'key' ? null : (
          <Field label={t('tag')} optional hint={t('tagHint')} error={problems.tag}>
            <Input list={`${id}-tags`} value={tag} onChange={(event) => setTag(event.target.value)} />
          </Field>
        )}
      </div>
      <datalist id={`${id}-tags`}>
        {options.tags.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <p className="text-muted text-sm">{t('note')}</p>
      {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
    </form>
  )
}
