'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState, useTransition } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { languages } from '../shell/languages.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import { toast } from '../ui/toast.ts'
import type { ChangeOrganization, OrganizationDraft } from './settings-facts.ts'

interface OrganizationFormProps {
  organization: OrganizationDraft & { slug: string }
  /** The names that the server knows. */
  timeZones: readonly string[]
  change: ChangeOrganization
}

type Problems = Partial<Record<'name' | 'timeZone', 'required' | 'name' | 'timeZone' | 'periods'>>

export function OrganizationForm({ organization, timeZones, change }: OrganizationFormProps) {
  const t = useTranslations('settings.organization')
  const failed = useTranslations('console.failure')
  const { slug, ...saved } = organization
  const [draft, setDraft] = useState<OrganizationDraft>(saved)
  const [problems, setProblems] = useState<Problems>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [pending, start] = useTransition()
  const changed = Object.fromEntries(
    Object.entries({ ...draft, name: draft.name.trim() }).filter(
      ([field, value]) => value !== saved[field as keyof OrganizationDraft],
    ),
  ) as Partial<OrganizationDraft>
  const errorOf = (field: keyof Problems) => (problems[field] ? t(`errors.${problems[field]}`) : undefined)
  const put = (part: Partial<OrganizationDraft>) => {
    setDraft({ ...draft, ...part })
    setProblems({})
    setRefusal(null)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!draft.name.trim()) return setProblems({ name: 'required' })
    start(async () => {
      const { failure } = await change(changed)
      if (failure) return refuse(failure)
      toast.success(t('saved'))
    })
  }
  const refuse = (failure: ActionFailure) => {
    if (failure.param === 'timeZone') setProblems({ timeZone: failure.code === 'conflict' ? 'periods' : 'timeZone' })
    else if (failure.param === 'name') setProblems({ name: 'name' })
    else setRefusal(failureText(failed, failure))
  }
  return (
    <form onSubmit={submit} noValidate className="grid max-w-xl grid-cols-1 gap-5">
      <Field label={t('name')} required error={errorOf('name')}>
        <Input maxLength={100} value={draft.name} onChange={(event) => put({ name: event.target.value })} />
      </Field>
      <Field label={t('slug')} hint={t('slugHint')}>
        <Input mono readOnly value={`/${slug}`} className="text-muted" />
      </Field>
      <Field label={t('timeZone')} hint={t('timeZoneHint')} error={errorOf('timeZone')}>
        <Combobox
          label={t('timeZone')}
          value={draft.timeZone}
          onValueChange={(timeZone) => put({ timeZone })}
          options={timeZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        />
      </Field>
      <Field label={t('locale')} hint={t('localeHint')}>
        <RadioCards
          layout="segmented"
          value={draft.locale}
          onValueChange={(locale) => put({ locale })}
          options={Object.entries(languages).map(([value, label]) => ({ value, label }))}
        />
      </Field>
      <Field layout="inline" label={t('pauseOnAnomaly')} hint={t('pauseOnAnomalyHint')}>
        <Checkbox
          checked={draft.pauseOnAnomaly}
          onCheckedChange={(checked) => put({ pauseOnAnomaly: checked === true })}
        />
      </Field>
      <Field layout="inline" label={t('mailAlerts')} hint={t('mailAlertsHint')}>
        <Checkbox checked={draft.mailAlerts} onCheckedChange={(checked) => put({ mailAlerts: checked === true })} />
      </Field>
      {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
      <div>
        <Button variant="primary" type="submit" pending={pending} disabled={Object.keys(changed).length === 0}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
