import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { JoinForm } from '#components/auth/join-form.tsx'
import { AuthShell } from '#components/shell/auth-shell.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { findAccessLink } from '#lib/access-links/find-access-link.ts'
import { findCurrentUser } from '#lib/auth/find-current-user.ts'
import { signInPath } from '#lib/auth/sign-in-path.ts'
import { changeLocale } from '#lib/i18n/change-locale.ts'
import { gatewayBaseUrl } from '../../(console)/gateway-base-url.ts'
import { submitJoin } from './submit-join.ts'

export async function generateMetadata(): Promise<Metadata> {
  // Nobody else learns the address of this page, which is a secret.
  return { title: (await getTranslations('auth'))('join.pageTitle'), referrer: 'no-referrer', robots: 'noindex' }
}

interface JoinPageProps {
  searchParams: Promise<{ token?: string | string[] }>
}

/** Looking uses nothing up: programs that open links before people do must not. */
export default async function JoinPage({ searchParams }: JoinPageProps) {
  const token = [(await searchParams).token].flat()[0] ?? ''
  const [link, user, t, baseUrl] = await Promise.all([
    findAccessLink(token),
    findCurrentUser(),
    getTranslations('auth.join'),
    gatewayBaseUrl(),
  ])
  if (!link) {
    return (
      <AuthShell title={t('gone.title')} description={t('gone.description')} changeLocale={changeLocale}>
        <ButtonLink href="/sign-in" variant="primary" size="lg">
          {t('gone.action')}
        </ButtonLink>
      </AuthShell>
    )
  }
  if (!link.setsPassword && user?.id !== link.userId) {
    return (
      <AuthShell
        title={t('signIn.title')}
        description={t('signIn.description', { email: link.email })}
        changeLocale={changeLocale}
      >
        {user ? (
          <p className="text-sm">{t('signIn.other', { email: user.email })}</p>
        ) : (
          <ButtonLink href={signInPath(`/join?token=${encodeURIComponent(token)}`)} variant="primary" size="lg">
            {t('signIn.action')}
          </ButtonLink>
        )}
      </AuthShell>
    )
  }
  const kind = link.keyId ? 'key' : link.hasPassword ? 'reset' : 'first'
  return (
    <AuthShell
      title={t(`${kind}.title`, { organization: link.organizationName })}
      description={t(`${kind}.description`, { name: link.name })}
      changeLocale={changeLocale}
    >
      <JoinForm
        token={token}
        email={link.email}
        asksPassword={link.setsPassword}
        kind={kind}
        baseUrl={baseUrl}
        join={submitJoin}
      />
    </AuthShell>
  )
}
