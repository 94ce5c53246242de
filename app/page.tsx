import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { SetupLinkHelp } from '#components/auth/setup-link-help.tsx'
import { AuthShell } from '#components/shell/auth-shell.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { findCurrentUser } from '#lib/auth/find-current-user.ts'
import { listOwnOrganizations } from '#lib/auth/list-own-organizations.ts'
import { signOut } from '#lib/auth/sign-out.ts'
import { changeLocale } from '#lib/i18n/change-locale.ts'
import { findSetupState } from '#lib/setup/find-setup-state.ts'

/** The way in: to one's organization, to sign-in, or to set-up. */
export default async function StartPage() {
  const t = await getTranslations('auth')
  const user = await findCurrentUser()
  if (user) {
    const [organization] = await listOwnOrganizations(user.id)
    if (organization) redirect(`/${organization.slug}`)
    return (
      <AuthShell
        title={t('noOrganization.title')}
        description={t('noOrganization.description', { email: user.email })}
        changeLocale={changeLocale}
      >
        <form action={signOut}>
          <SubmitButton variant="secondary">{t('noOrganization.action')}</SubmitButton>
        </form>
      </AuthShell>
    )
  }
  if ((await findSetupState(null)) === 'completed') redirect('/sign-in')
  return (
    <AuthShell title={t('notSetUp.title')} description={t('notSetUp.description')} changeLocale={changeLocale}>
      <SetupLinkHelp />
    </AuthShell>
  )
}
