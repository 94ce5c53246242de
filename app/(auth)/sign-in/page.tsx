import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { SignInForm, type SignInState } from '#components/auth/sign-in-form.tsx'
import { AuthShell } from '#components/shell/auth-shell.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { findCurrentUser } from '#lib/auth/find-current-user.ts'
import { safeNext } from '#lib/auth/safe-next.ts'
import { changeLocale } from '#lib/i18n/change-locale.ts'
import { oidcSettings } from '#lib/oidc/oidc-settings.ts'
import { findSetupState } from '#lib/setup/find-setup-state.ts'
import { signInByPasskey } from './sign-in-by-passkey.ts'
import { signOnProblem } from './sign-on-problem.ts'
import { startPasskeySignInAction } from './start-passkey-sign-in-action.ts'
import { submitSignIn } from './submit-sign-in.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('signIn.title') }
}

interface SignInPageProps {
  searchParams: Promise<{ next?: string | string[]; error?: string | string[]; reset?: string | string[] }>
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next: wanted, error, reset } = await searchParams
  const next = safeNext([wanted].flat()[0])
  if (await findCurrentUser()) redirect(next)
  if ((await findSetupState(null)) !== 'completed') redirect('/')
  const t = await getTranslations('auth.signIn')
  const settings = oidcSettings()
  return (
    <AuthShell title={t('title')} footer={t('footer')} changeLocale={changeLocale}>
      {reset !== undefined && error === undefined ? <Callout tone="positive">{t('reset')}</Callout> : null}
      <SignInForm
        next={next}
        initial={{ email: '', problem: problemOf([error].flat()[0]) }}
        signIn={submitSignIn}
        signOn={settings && (settings.name ?? t('signOn'))}
        passkey={{ start: startPasskeySignInAction, finish: signInByPasskey }}
      />
    </AuthShell>
  )
}

function problemOf(error: string | undefined): SignInState['problem'] {
  if (error === undefined) return null
  const signOn = signOnProblem(error)
  return signOn ? { code: 'signOn', problem: signOn } : { code: 'wrong' }
}
