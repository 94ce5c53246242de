'use client'

import { useRouter } from 'next/navigation'
import { type Locale, useTranslations } from 'next-intl'
import { type FormEvent, useState, useTransition } from 'react'
import type { ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { languages } from '../shell/languages.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'

interface Draft {
  name: string
  timeZone: string
  locale: Locale
}

interface NewOrganizationFormProps {
  initial: Draft
  timeZones: readonly string[]
  /** Answers where it is. */
  create: (draft: Draft) => Promise<ActionResult<string>>
}

export function NewOrganizationForm({ initial, timeZones, create }: NewOrganizationFormProps) {
  const t = useTranslations('settings')
  const failed = useTranslations('console.failure')
  const router = useRouter()
  const [draft, setDraft] = useState(initial)
  const [problem, setProblem] = useState<{ name?: string; timeZone?: string; form?: string }>({})
  const [pending, start] = useTransition()
  const put = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part })
    setProblem({})
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const name = draft.name.trim()
    if (!name) return setProblem({ name: t('organization.errors.required') })
    start(async () => {
      const { value, failure } = await create({ ...draft, name })
      if (!failure) return router.push(value)
      if (failure.param === 'name') setProblem({ name: t('organization.errors.name') })
      else if (failure.param === 'timeZone') setProblem({ timeZone: t('organization.errors.timeZone') })
      else setProblem({ form: failureText(failed, failure) })
    })
  }
  return (
    <form onSubmit={submit} noValidate className="grid max-w-xl grid-cols-1 gap-5">
      <Field label={t('organization.name')} required error={problem.name}>
        <Input autoFocus maxLength={100} value={draft.name} onChange={(event) => put({ name: event.target.value })} />
      </Field>
      <Field label={t('organization.timeZone')} hint={t('organization.timeZoneHint')} error={problem.timeZone}>
        <Combobox
          label={t('organization.timeZone')}
          value={draft.timeZone}
          onValueChange={(timeZone) => put({ timeZone })}
          options={timeZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        />
      </Field>
      <Field label={t('organization.locale')} hint={t('organization.localeHint')}>
        <RadioCards
          layout="segmented"
          value={draft.locale}
          onValueChange={(locale) => put({ locale: locale as Locale })}
          options={Object.entries(languages).map(([value, label]) => ({ value, label }))}
        />
      </Field>
      {problem.form ? <Callout tone="danger">{problem.form}</Callout> : null}
      <div>
        <Button variant="primary" type="submit" pending={pending}>
          {t('newOrganization.submit')}
        </Button>
      </div>
    </form>
  )
}
