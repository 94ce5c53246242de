'use client'

import { useTranslations } from 'next-intl'
import { useActionState, useState } from 'react'
import { passwordLength } from '#lib/core/password.ts'
import { AuthShell } from '../shell/auth-shell.tsx'
import type { ChangeLocale } from '../shell/languages.ts'
import { ButtonLink } from '../ui/button-link.tsx'
import { Callout } from '../ui/callout.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { PasswordInput } from './password-input.tsx'
import { PasswordMeter } from './password-meter.tsx'
import { TakenKey } from './taken-key.tsx'

export interface JoinState {
  problem: 'gone' | 'too_weak' | 'sign_in' | null
  /** Shown once. */
  key?: { name: string; secret: string }
}

export interface JoinLink {
  token: string
  email: string
  name: string
  organization: string
  kind: 'first' | 'reset' | 'key'
  asksPassword: boolean
}

interface JoinViewProps {
  /** Null when it does not open, or not any more: using it makes it so while the key is still on the screen. */
  link: JoinLink | null
  baseUrl: string
  join: (state: JoinState, form: FormData) => Promise<JoinState>
  changeLocale: ChangeLocale
}

export function JoinView({ link, baseUrl, join, changeLocale }: JoinViewProps) {
  const t = useTranslations('auth')
  const [state, action, pending] = useActionState(join, { problem: null })
  const [password, setPassword] = useState('')
  if (state.key) {
    return (
      <AuthShell title={t('join.taken.title')} description={t('join.taken.once')} changeLocale={changeLocale}>
        <TakenKey secret={state.key.secret} name={state.key.name} baseUrl={baseUrl} />
      </AuthShell>
    )
  }
  if (!link) {
    return (
      <AuthShell title={t('join.gone.title')} description={t('join.gone.description')} changeLocale={changeLocale}>
        <ButtonLink href="/sign-in" variant="primary" size="lg">
          {t('join.gone.action')}
        </ButtonLink>
      </AuthShell>
    )
  }
  const { kind, organization, name } = link
  return (
    <AuthShell
      title={t(`join.${kind}.title`, { organization })}
      description={t(`join.${kind}.description`, { name })}
      changeLocale={changeLocale}
    >
      <form action={action} noValidate className="grid gap-4">
        {state.problem && state.problem !== 'too_weak' && !pending ? (
          <Callout tone="danger">{t(`join.errors.${state.problem}`)}</Callout>
        ) : null}
        <input type="hidden" name="token" value={link.token} />
        <Field label={t('email')}>
          <Input
            type="email"
            name="email"
            autoComplete="username"
            readOnly
            value={link.email}
            className="h-10 text-muted"
          />
        </Field>
        {link.asksPassword ? (
          <Field
            label={t('join.password')}
            hint={
              password ? <PasswordMeter password={password} /> : t('setup.passwordHint', { count: passwordLength.min })
            }
            error={
              state.problem === 'too_weak' ? t('setup.errors.passwordShort', { count: passwordLength.min }) : undefined
            }
            required
          >
            <PasswordInput
              name="password"
              autoComplete="new-password"
              autoFocus
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              className="h-10"
            />
          </Field>
        ) : null}
        <SubmitButton size="lg" className="mt-1">
          {t(`join.${kind}.submit`)}
        </SubmitButton>
      </form>
    </AuthShell>
  )
}
