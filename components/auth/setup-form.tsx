'use client'

import { type Locale, useLocale, useTranslations } from 'next-intl'
import { useActionState, useEffect, useRef, useState } from 'react'
import { passwordLength } from '#lib/core/password.ts'
import { languages } from '../shell/languages.ts'
import { Callout } from '../ui/callout.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { PasswordInput } from './password-input.tsx'
import { PasswordMeter } from './password-meter.tsx'
import { TimeZoneField } from './time-zone-field.tsx'

export type SetupProblem = 'required' | 'tooLong' | 'name' | 'email' | 'passwordShort' | 'timeZone' | 'failed'

export interface SetupState {
  /** What was typed, to show again; never the password. */
  values: { organization: string; name: string; email: string }
  /** By field; `form` is about no field in particular. */
  problems: Partial<Record<'organization' | 'name' | 'email' | 'password' | 'timeZone' | 'form', SetupProblem>>
}

interface SetupFormProps {
  token: string
  timeZones: readonly string[]
  setUp: (state: SetupState, form: FormData) => Promise<SetupState>
}

const empty: SetupState = { values: { organization: '', name: '', email: '' }, problems: {} }

export function SetupForm({ token, timeZones, setUp }: SetupFormProps) {
  const t = useTranslations('auth')
  const pageLocale = useLocale()
  const form = useRef<HTMLFormElement>(null)
  const [state, action] = useActionState(setUp, empty)
  const [password, setPassword] = useState('')
  const [locale, setLocale] = useState<Locale | null>(null)
  const problemOf = (field: keyof SetupState['problems']) => {
    const problem = state.problems[field]
    return problem && t(`setup.errors.${problem}`, { count: passwordLength.min })
  }
  useEffect(() => {
    if (Object.keys(state.problems).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [state])
  return (
    <form ref={form} action={action} noValidate className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
      {state.problems.form ? (
        <Callout tone="danger" className="sm:col-span-2">
          {problemOf('form')}
        </Callout>
      ) : null}
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="locale" value={locale ?? pageLocale} />
      <Field
        label={t('setup.organization')}
        hint={t('setup.organizationHint')}
        error={problemOf('organization')}
        className="sm:col-span-2"
        required
      >
        <Input
          name="organization"
          autoComplete="organization"
          autoFocus
          defaultValue={state.values.organization}
          className="h-10"
        />
      </Field>
      <Field label={t('setup.name')} error={problemOf('name')} required>
        <Input name="name" autoComplete="name" defaultValue={state.values.name} className="h-10" />
      </Field>
      <Field label={t('email')} error={problemOf('email')} required>
        <Input type="email" name="email" autoComplete="username" defaultValue={state.values.email} className="h-10" />
      </Field>
      <Field
        label={t('password')}
        hint={password ? <PasswordMeter password={password} /> : t('setup.passwordHint', { count: passwordLength.min })}
        error={problemOf('password')}
        className="sm:col-span-2"
        required
      >
        <PasswordInput
          name="password"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          className="h-10"
        />
      </Field>
      <Field label={t('setup.language')} hint={t('setup.languageHint')}>
        <div className="flex h-10 items-center">
          <RadioCards
            layout="segmented"
            options={Object.entries(languages).map(([value, label]) => ({ value, label }))}
            value={locale ?? pageLocale}
            onValueChange={(value) => setLocale(value as Locale)}
          />
        </div>
      </Field>
      <TimeZoneField timeZones={timeZones} error={problemOf('timeZone')} />
      <SubmitButton size="lg" className="mt-2 sm:col-span-2 sm:justify-self-start">
        {t('setup.submit')}
      </SubmitButton>
    </form>
  )
}
