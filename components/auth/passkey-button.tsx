'use client'

import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import { Fingerprint } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'

export interface PasskeySignIn {
  start: (
    purpose: 'first' | 'second',
  ) => Promise<{ challengeId: string; options: PublicKeyCredentialRequestOptionsJSON } | null>
  /** Leads on by itself when it fits. */
  finish: (signature: { challengeId: string; response: AuthenticationResponseJSON }, next: string) => Promise<'wrong'>
}

interface PasskeyButtonProps extends PasskeySignIn {
  purpose: 'first' | 'second'
  next: string
}

/** Asks the device to sign. What speaks with it is loaded by who presses, and by nobody else. */
export function PasskeyButton({ purpose, next, start, finish }: PasskeyButtonProps) {
  const t = useTranslations('auth.passkey')
  const [problem, setProblem] = useState<'aborted' | 'wrong' | null>(null)
  const [pending, transition] = useTransition()
  const ask = () =>
    transition(async () => {
      setProblem(null)
      const [{ startAuthentication }, asked] = await Promise.all([import('@simplewebauthn/browser'), start(purpose)])
      if (!asked) return setProblem('aborted')
      const { challengeId, options } = asked
      const response = await startAuthentication({ optionsJSON: options }).catch(() => null)
      setProblem(response ? await finish({ challengeId, response }, next) : 'aborted')
    })
  return (
    <div className="grid gap-3">
      <Button size="lg" onClick={ask} pending={pending}>
        <Fingerprint />
        {t('action')}
      </Button>
      {problem && !pending ? <Callout tone="danger">{t(problem)}</Callout> : null}
    </div>
  )
}
