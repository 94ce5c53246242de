import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SetupForm } from '#components/auth/setup-form.tsx'
import { SetupLinkHelp } from '#components/auth/setup-link-help.tsx'
import { AuthShell } from '#components/shell/auth-shell.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { changeLocale } from '#lib/i18n/change-locale.ts'
import { findSetupState } from '#lib/setup/find-setup-state.ts'
import { submitSetup } from './submit-setup.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('setup.title') }
}

interface SetupPageProps {
  searchParams: Promise<{ token?: string | string[] }>
}

export default async function SetupPage({ searchParams }: SetupPageProps) {
  const token = [(await searchParams).token].flat()[0] ?? ''
  const state = await findSetupState(token)
  const t = await getTranslations('auth')
  if (state === 'completed') {
    return (
      <AuthShell title={t('completed.title')} description={t('completed.description')} changeLocale={changeLocale}>
        <ButtonLink href="/sign-in" variant="primary" size="lg">
          {t('completed.action')}
        </ButtonLink>
      </AuthShell>
    )
  }
  if (state === 'closed') {
    return (
      <AuthShell title={t('closed.title')} description={t('closed.description')} changeLocale={changeLocale}>
        <SetupLinkHelp />
      </AuthShell>
    )
  }
  return (
    <AuthShell title={t('setup.title')} description={t('setup.description')} width="wide" changeLocale={changeLocale}>
      <SetupForm token={token} timeZones={['UTC', ...Intl.supportedValuesOf('timeZone')]} setUp={submitSetup} />
    </AuthShell>
  )
}
