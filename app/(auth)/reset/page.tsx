import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { NewPasswordForm } from '#components/auth/new-password-form.tsx'
import { ResetRequestForm } from '#components/auth/reset-request-form.tsx'
import { AuthShell } from '#components/shell/auth-shell.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { changeLocale } from '#lib/i18n/change-locale.ts'
import { canResetByMail } from '#lib/password-resets/can-reset-by-mail.ts'
import { findPasswordReset } from '#lib/password-resets/find-password-reset.ts'
import { requestReset } from './request-reset.ts'
import { submitNewPassword } from './submit-new-password.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('reset.title'), robots: 'noindex' }
}

interface ResetPageProps {
  searchParams: Promise<{ token?: string | string[] }>
}

/** Without a token it asks for the address, with one for the new password. Looking uses nothing up. */
export default async function ResetPage({ searchParams }: ResetPageProps) {
  const token = [(await searchParams).token].flat()[0]
  const t = await getTranslations('auth.reset')
  if (token === undefined) {
    if (canResetByMail()) return <ResetRequestForm request={requestReset} changeLocale={changeLocale} />
    return (
      <AuthShell title={t('byHand.title')} description={t('byHand.description')} changeLocale={changeLocale}>
        <ButtonLink href="/sign-in" size="lg">
          {t('back')}
        </ButtonLink>
      </AuthShell>
    )
  }
  const reset = await findPasswordReset(token)
  if (!reset) {
    return (
      <AuthShell title={t('gone.title')} description={t('gone.description')} changeLocale={changeLocale}>
        <ButtonLink href="/reset" variant="primary" size="lg">
          {t('gone.action')}
        </ButtonLink>
      </AuthShell>
    )
  }
  return (
    <AuthShell
      title={t('set.title')}
      description={t('set.description', { email: reset.email })}
      changeLocale={changeLocale}
    >
      <NewPasswordForm token={token} email={reset.email} setPassword={submitNewPassword} />
    </AuthShell>
  )
}
