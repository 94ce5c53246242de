'use client'

import { useTranslations } from 'next-intl'
import { useActionState, useState } from 'react'
import { passwordLength } from '#lib/core/password.ts'
import { PasswordInput } from '../auth/password-input.tsx'
import { PasswordMeter } from '../auth/password-meter.tsx'
import { Callout } from '../ui/callout.tsx'
import { Field } from '../ui/field.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'

export type PasswordState =
  | { outcome: 'none' | 'changed' | 'too_weak' | 'wrong' }
  | { outcome: 'limited'; minutes: number }

interface PasswordFormProps {
  email: string
  change: (state: PasswordState, form: FormData) => Promise<PasswordState>
}

export function PasswordForm({ email, change }: PasswordFormProps) {
  const t = useTranslations('account.password')
  const auth = useTranslations('auth')
  const [state, action, pending] = useActionState(
    async (previous: PasswordState, form: FormData) => {
      const result = await change(previous, form)
      if (result.outcome === 'changed') setNext('')
      return result
    },
    { outcome: 'none' } as PasswordState,
  )
  const [next, setNext] = useState('')
  return (
    <form action={action} noValidate className="grid max-w-2xl grid-cols-1 gap-5">
      {state.outcome === 'changed' && !pending ? <Callout tone="positive">{t('changed')}</Callout> : null}
      {state.outcome === 'limited' && !pending ? (
        <Callout tone="danger">{auth('signIn.limited', { minutes: state.minutes })}</Callout>
      ) : null}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <div className="grid grid-cols-1 items-start gap-5 sm:grid-cols-2">
        <Field label={t('current')} required error={state.outcome === 'wrong' ? t('wrong') : undefined}>
          <PasswordInput name="current" autoComplete="current-password" />
        </Field>
        <Field
          label={t('next')}
          required
          hint={next ? <PasswordMeter password={next} /> : auth('setup.passwordHint', { count: passwordLength.min })}
          error={
            state.outcome === 'too_weak' ? auth('setup.errors.passwordShort', { count: passwordLength.min }) : undefined
          }
        >
          <PasswordInput
            name="next"
            autoComplete="new-password"
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
        </Field>
      </div>
      <div>
        <SubmitButton>{t('submit')}</SubmitButton>
      </div>
    </form>
  )
}
