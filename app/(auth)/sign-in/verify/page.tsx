import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { SecondStepForm } from '#components/auth/second-step-form.tsx'
import { AuthShell } from '#components/shell/auth-shell.tsx'
import { findSecondStep } from '#lib/auth/find-second-step.ts'
import { safeNext } from '#lib/auth/safe-next.ts'
import { signInPath } from '#lib/auth/sign-in-path.ts'
import { changeLocale } from '#lib/i18n/change-locale.ts'
import { listSecondFactors } from '#lib/two-factor/list-second-factors.ts'
import { signInByPasskey } from '../sign-in-by-passkey.ts'
import { startPasskeySignInAction } from '../start-passkey-sign-in-action.ts'
import { submitSecondStep } from './submit-second-step.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('secondStep.title'), robots: 'noindex' }
}

interface SecondStepPageProps {
  searchParams: Promise<{ next?: string | string[] }>
}

export default async function SecondStepPage({ searchParams }: SecondStepPageProps) {
  const next = safeNext([(await searchParams).next].flat()[0])
  const step = await findSecondStep()
  if (!step) redirect(signInPath(next))
  const [t, factors] = await Promise.all([getTranslations('auth.secondStep'), listSecondFactors(step.user.id)])
  return (
    <AuthShell
      title={t('title')}
      description={t('description', { email: step.user.email })}
      footer={t('lost')}
      changeLocale={changeLocale}
    >
      <SecondStepForm
        next={next}
        hasApp={factors.totpSince !== null}
        hasPasskey={factors.passkeys.length > 0}
        verify={submitSecondStep}
        passkey={{ start: startPasskeySignInAction, finish: signInByPasskey }}
      />
    </AuthShell>
  )
}
