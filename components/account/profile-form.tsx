'use client'

import { type Locale, useTranslations } from 'next-intl'
import { type FormEvent, useState, useTransition } from 'react'
import type { ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { languages } from '../shell/languages.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import { toast } from '../ui/toast.ts'

interface Profile {
  name: string
  locale: Locale
}

interface ProfileFormProps {
  profile: Profile
  change: (profile: Profile) => Promise<ActionResult<null>>
}

export function ProfileForm({ profile, change }: ProfileFormProps) {
  const t = useTranslations('account.profile')
  const failed = useTranslations('console.failure')
  const [draft, setDraft] = useState(profile)
  const [error, setError] = useState<string | undefined>()
  const [refusal, setRefusal] = useState<string | null>(null)
  const [pending, start] = useTransition()
  const isChanged = draft.name.trim() !== profile.name || draft.locale !== profile.locale
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setError(undefined)
    setRefusal(null)
    start(async () => {
      const { failure } = await change({ ...draft, name: draft.name.trim() })
      if (!failure) toast.success(t('saved'))
      else if (failure.param === 'name') setError(t('nameError'))
      else setRefusal(failureText(failed, failure))
    })
  }
  return (
    <form onSubmit={submit} noValidate className="grid max-w-2xl grid-cols-1 gap-5">
      <div className="grid grid-cols-1 items-start gap-5 sm:grid-cols-2">
        <Field label={t('name')} required error={error}>
          <Input
            maxLength={100}
            autoComplete="name"
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          />
        </Field>
        <Field label={t('language')}>
          <RadioCards
            layout="segmented"
            value={draft.locale}
            onValueChange={(locale) => setDraft({ ...draft, locale: locale as Locale })}
            options={Object.entries(languages).map(([value, label]) => ({ value, label }))}
          />
        </Field>
      </div>
      {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
      <div>
        <Button variant="primary" type="submit" pending={pending} disabled={!isChanged}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
