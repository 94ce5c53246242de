'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, useRef, useState, useTransition } from 'react'
import { parseUsd } from '#lib/core/money.ts'
import type { ActionFailure, ActionResult } from '../action-result.ts'
import { CapsField } from '../budgets/caps-field.tsx'
import { failureText } from '../failure-text.ts'
import { rateNames } from '../limits/rate-draft.ts'
import { RateFields } from '../limits/rate-fields.tsx'
import { Button } from '../ui/button.tsx'
import { ButtonLink } from '../ui/button-link.tsx'
import { Callout } from '../ui/callout.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { MultiCombobox } from '../ui/multi-combobox.tsx'
import { toast } from '../ui/toast.ts'
import type { ProjectDraft } from './project-draft.ts'

interface ProjectFormProps {
  kind: 'new' | 'edit'
  initial: ProjectDraft
  models: readonly string[]
  /** The list; the id of a project leads to its page. */
  projectsPath: string
  cancelHref: string
  save: (draft: ProjectDraft) => Promise<ActionResult<{ id: string; name: string }>>
}

const fields = ['name', 'models', 'budgets'] as const

/** Makes a project or changes one. */
export function ProjectForm({ kind, initial, models, projectsPath, cancelHref, save }: ProjectFormProps) {
  const t = useTranslations('projects')
  const tCommon = useTranslations('common')
  const tFailure = useTranslations('console.failure')
  const router = useRouter()
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState(initial)
  const [failure, setFailure] = useState<ActionFailure | null>(null)
  const [pending, start] = useTransition()
  const change = (part: Partial<ProjectDraft>) => {
    setDraft((now) => ({ ...now, ...part }))
    setFailure(null)
  }
  const isTaken = failure?.code === 'conflict'
  const faulty = isTaken ? 'name' : (fields.find((field) => field === failure?.param?.split('.')[0]) ?? null)
  const faultyRate = rateNames.find((name) => name === failure?.param) ?? null
  const errorOf = (field: (typeof fields)[number]) =>
    field === faulty ? t(isTaken ? 'problem.nameTaken' : `problem.${field}`) : undefined
  const refuse = (refusal: ActionFailure) => {
    setFailure(refusal)
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (draft.name.trim() === '') return refuse({ code: 'invalid_request_error', param: 'name' })
    if (draft.caps.some(({ limitUsd }) => parseUsd(limitUsd) === null)) {
      return refuse({ code: 'invalid_request_error', param: 'budgets' })
    }
    start(async () => {
      const { value, failure: refusal } = await save(draft)
      if (refusal) return refuse(refusal)
      toast.success(t(kind === 'new' ? 'form.created' : 'form.saved', { name: value.name }))
      router.push(`${projectsPath}/${value.id}`)
    })
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className="grid max-w-2xl gap-6">
      <Field label={t('form.name')} error={errorOf('name')} required>
        <Input
          value={draft.name}
          maxLength={100}
          placeholder={t('form.namePlaceholder')}
          onChange={(event) => change({ name: event.target.value })}
          className="sm:max-w-80"
        />
      </Field>
      <CapsField
        legend={t('form.budgets')}
        caps={draft.caps}
        onChange={(caps) => change({ caps })}
        hint={t(draft.caps.length > 0 ? 'form.budgetsHint' : 'form.noBudget')}
        error={errorOf('budgets')}
      />
      <Field label={t('form.models')} hint={t('form.modelsHint')} error={errorOf('models')}>
        <MultiCombobox
          label={t('form.models')}
          placeholder={t('form.modelsAll')}
          value={draft.models}
          onValueChange={(chosen) => change({ models: chosen })}
          options={models.map((name) => ({ value: name, label: name }))}
        />
      </Field>
      <fieldset className="grid min-w-0 gap-4">
        <legend className="mb-1 font-medium text-sm">{t('form.rates')}</legend>
        <p className="text-muted text-xs">{t('form.ratesHint')}</p>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <RateFields draft={draft} onChange={change} faulty={faultyRate} />
        </div>
      </fieldset>
      {failure && faulty === null && faultyRate === null ? (
        <Callout tone="danger">{failureText(tFailure, failure)}</Callout>
      ) : null}
      <div className="flex justify-end gap-2">
        <ButtonLink href={cancelHref}>{tCommon('cancel')}</ButtonLink>
        <Button type="submit" variant="primary" pending={pending}>
          {t(kind === 'new' ? 'form.create' : 'form.save')}
        </Button>
      </div>
    </form>
  )
}
