'use client'

import { useTranslations } from 'next-intl'
import { useActionState, useState } from 'react'
import { passwordLength } from '#lib/core/password.ts'
import { ButtonLink } from '../ui/button-link.tsx'
import { Callout } from '../ui/callout.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { PasswordInput } from './password-input.tsx'
import { PasswordMeter } from './password-meter.tsx'

export interface JoinState {
  problem: 'gone' | 'too_weak' | 'sign_in' | null
  /** Shown once. */
  key?: { name: string; secret: string }
}

interface JoinFormProps {
  token: string
  email: string
  asksPassword: boolean
  kind: 'first' | 'reset' | 'key'
  baseUrl: string
  join: (state: JoinState, form: FormData) => Promise<JoinState>
}

export function JoinForm({ token, email, asksPassword, kind, baseUrl, join }: JoinFormProps) {
  const t = useTranslations('auth')
  const [state, action, pending] = useActionState(join, { problem: null })
  const [password, setPassword] = useState('')
  if (state.key) return <TakenKey secret={state.key.secret} name={state.key.name} baseUrl={baseUrl} />
  return (
    <form action={action} noValidate className="grid gap-4">
      {state.problem && state.problem !== 'too_weak' && !pending ? (
        <Callout tone="danger">{t(`join.errors.${state.problem}`)}</Callout>
      ) : null}
      <input type="hidden" name="token" value={token} />
      <Field label={t('email')}>
        <Input type="email" name="email" autoComplete="username" readOnly value={email} className="h-10 text-muted" />
      </Field>
      {asksPassword ? (
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
  )
}

function TakenKey({ name, secret, baseUrl }: { name: string; secret: string; baseUrl: string }) {
  const t = useTranslations('auth.join.taken')
  return (
    <div className="grid gap-5">
      <Callout tone="positive">{t('once')}</Callout>
      <div className="grid gap-1.5">
        <span className="font-medium text-sm">{t('label', { name })}</span>
        <div className="flex items-center gap-2 rounded-lg bg-accent-soft py-1.5 pr-1.5 pl-3">
          <code className="min-w-0 flex-1 select-all break-all font-mono text-sm">{secret}</code>
          <CopyButton value={secret} />
        </div>
      </div>
      <CodeBlock
        label={t('try')}
        samples={[{ label: 'bash', code: `export OPENAI_BASE_URL=${baseUrl}\nexport OPENAI_API_KEY=${secret}` }]}
      />
      <ButtonLink href="/me" variant="primary" size="lg">
        {t('done')}
      </ButtonLink>
    </div>
  )
}
