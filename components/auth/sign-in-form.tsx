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
import { SignOnButton } from './sign-on-button.tsx'
import type { SignOnProblem } from './sign-on-problem.ts'

export interface SignInState {
  email: string
  problem: { code: 'wrong' } | { code: 'limited'; minutes: number } | { code: 'signOn'; problem: SignOnProblem } | null
}

interface SignInFormProps {
  /** Where a successful sign-in leads. */
  next: string
  initial: SignInState
  signIn: (state: SignInState, form: FormData) => Promise<SignInState>
  passkey: PasskeySignIn
  /** What the button of the issuer says; null: there is none. */
  signOn: string | null
}

export function SignInForm({ next, initial, signIn, passkey, signOn }: SignInFormProps) {
  const t = useTranslations('auth')
  const [state, action, pending] = useActionState(signIn, initial)
  const { problem } = state
  return (
    <div className="grid gap-4">
      <form action={action} className="grid gap-4">
        {problem && !pending ? (
          <Callout tone="danger">
            {problem.code === 'limited'
              ? t('signIn.limited', { minutes: problem.minutes })
              : problem.code === 'signOn'
                ? t(`signOn.problems.${problem.problem}`)
                : t('signIn.wrong')}
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
      {signOn === null ? null : <SignOnButton label={signOn} next={next} size="lg" />}
      <PasskeyButton {...passkey} purpose="first" next={next} />
    </div>
  )
}
