'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { Callout } from '../ui/callout.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { PasskeyButton, type PasskeySignIn } from './passkey-button.tsx'

export interface SecondStepState {
  problem: { code: 'wrong' } | { code: 'limited'; minutes: number } | null
}

interface SecondStepFormProps {
  next: string
  hasApp: boolean
  hasPasskey: boolean
  verify: (state: SecondStepState, form: FormData) => Promise<SecondStepState>
  passkey: PasskeySignIn
}

/** What is asked for after the password: a code, or the signature of a device. */
export function SecondStepForm({ next, hasApp, hasPasskey, verify, passkey }: SecondStepFormProps) {
  const t = useTranslations('auth')
  const [{ problem }, action, pending] = useActionState(verify, { problem: null })
  return (
    <div className="grid gap-5">
      {hasPasskey ? <PasskeyButton {...passkey} purpose="second" next={next} /> : null}
      <form action={action} noValidate className="grid gap-4">
        {problem?.code === 'limited' && !pending ? (
          <Callout tone="danger">{t('signIn.limited', { minutes: problem.minutes })}</Callout>
        ) : null}
        <input type="hidden" name="next" value={next} />
        <Field
          label={t(hasApp ? 'secondStep.code' : 'secondStep.recoveryCode')}
          hint={hasApp ? t('secondStep.hint') : undefined}
          error={problem?.code === 'wrong' && !pending ? t('secondStep.wrong') : undefined}
          required
        >
          <Input
            name="code"
            mono
            autoComplete="one-time-code"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            autoFocus={!hasPasskey}
            maxLength={20}
            className="h-10"
          />
        </Field>
        <SubmitButton size="lg" variant={hasPasskey ? 'secondary' : 'primary'}>
          {t('secondStep.submit')}
        </SubmitButton>
      </form>
    </div>
  )
}
