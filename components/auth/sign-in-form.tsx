'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { Callout } from '../ui/callout.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { PasskeyButton, type PasskeySignIn } from './passkey-button.tsx'
import { PasswordInput } from './password-input.tsx'

export interface SignInState {
  email: string
  problem: { code: 'wrong' } | { code: 'limited'; minutes: number } | null
}

interface SignInFormProps {
  /** Where a successful sign-in leads. */
  next: string
  initial: SignInState
  signIn: (state: SignInState, form: FormData) => Promise<SignInState>
  passkey: PasskeySignIn
}

export function SignInForm({ next, initial, signIn, passkey }: SignInFormProps) {
  const t = useTranslations('auth')
  const [state, action, pending] = useActionState(signIn, initial)
  const { problem } = state
  return (
    <div className="grid gap-4">
      <form action={action} className="grid gap-4">
        {problem && !pending ? (
          <Callout tone="danger">
            {problem.code === 'limited' ? t('signIn.limited', { minutes: problem.minutes }) : t('signIn.wrong')}
          </Callout>
        ) : null}
        <input type="hidden" name="next" value={next} />
        <Field label={t('email')} required>
          <Input
            type="email"
            name="email"
            autoComplete="username"
            autoFocus={!state.email}
            defaultValue={state.email}
            className="h-10"
          />
        </Field>
        <Field label={t('password')} required>
          <PasswordInput name="password" autoComplete="current-password" className="h-10" />
        </Field>
        <SubmitButton size="lg" className="mt-1">
          {t('signIn.submit')}
        </SubmitButton>
        <Link
          href="/reset"
          className="justify-self-start rounded-sm text-muted text-sm underline-offset-4 hover:text-foreground hover:underline"
        >
          {t('signIn.forgot')}
        </Link>
      </form>
      <PasskeyButton {...passkey} purpose="first" next={next} />
    </div>
  )
}
