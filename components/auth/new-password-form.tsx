'use client'

import { useTranslations } from 'next-intl'
import { useActionState, useState } from 'react'
import { passwordLength } from '#lib/core/password.ts'
import { Field } from '../ui/field.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { PasswordInput } from './password-input.tsx'
import { PasswordMeter } from './password-meter.tsx'

export interface NewPasswordState {
  problem: 'too_weak' | null
}

interface NewPasswordFormProps {
  token: string
  email: string
  setPassword: (state: NewPasswordState, form: FormData) => Promise<NewPasswordState>
}

/** The password that a link by mail lets its person set. */
export function NewPasswordForm({ token, email, setPassword }: NewPasswordFormProps) {
  const t = useTranslations('auth')
  const [state, action] = useActionState(setPassword, { problem: null })
  const [password, setTyped] = useState('')
  return (
    <form action={action} noValidate className="grid gap-4">
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field
        label={t('reset.set.label')}
        required
        hint={password ? <PasswordMeter password={password} /> : t('setup.passwordHint', { count: passwordLength.min })}
        error={state.problem ? t('setup.errors.passwordShort', { count: passwordLength.min }) : undefined}
      >
        <PasswordInput
          name="password"
          autoComplete="new-password"
          autoFocus
          value={password}
          onChange={(event) => setTyped(event.target.value)}
          className="h-10"
        />
      </Field>
      <SubmitButton size="lg" className="mt-1">
        {t('reset.set.submit')}
      </SubmitButton>
    </form>
  )
}
