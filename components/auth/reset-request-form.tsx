'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { AuthShell } from '../shell/auth-shell.tsx'
import type { ChangeLocale } from '../shell/languages.ts'
import { ButtonLink } from '../ui/button-link.tsx'
import { Callout } from '../ui/callout.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'

export interface ResetRequestState {
  step: 'ask' | 'sent'
  email: string
  problem: { code: 'invalid' } | { code: 'limited'; minutes: number } | null
}

interface ResetRequestFormProps {
  request: (state: ResetRequestState, form: FormData) => Promise<ResetRequestState>
  changeLocale: ChangeLocale
}

/** Asks where the link goes; afterwards says the same, whether anybody has that address or not. */
export function ResetRequestForm({ request, changeLocale }: ResetRequestFormProps) {
  const t = useTranslations('auth')
  const [state, action, pending] = useActionState(request, { step: 'ask', email: '', problem: null })
  if (state.step === 'sent') {
    return (
      <AuthShell
        title={t('reset.sentTitle')}
        description={<span role="status">{t('reset.sent', { email: state.email })}</span>}
        changeLocale={changeLocale}
      >
        <ButtonLink href="/sign-in" size="lg">
          {t('reset.back')}
        </ButtonLink>
      </AuthShell>
    )
  }
  const { problem } = state
  return (
    <AuthShell
      title={t('reset.title')}
      description={t('reset.description')}
      footer={
        <Link href="/sign-in" className="rounded-sm underline-offset-4 hover:underline">
          {t('reset.back')}
        </Link>
      }
      changeLocale={changeLocale}
    >
      <form action={action} noValidate className="grid gap-4">
        {problem?.code === 'limited' && !pending ? (
          <Callout tone="danger">{t('signIn.limited', { minutes: problem.minutes })}</Callout>
        ) : null}
        <Field
          label={t('email')}
          required
          error={problem?.code === 'invalid' && !pending ? t('reset.invalid') : undefined}
        >
          <Input
            type="email"
            name="email"
            autoComplete="username"
            autoFocus
            defaultValue={state.email}
            className="h-10"
          />
        </Field>
        <SubmitButton size="lg" className="mt-1">
          {t('reset.submit')}
        </SubmitButton>
      </form>
    </AuthShell>
  )
}
