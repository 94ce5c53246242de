import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { JoinView } from '#components/auth/join-view.tsx'
import { AuthShell } from '#components/shell/auth-shell.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { findAccessLink } from '#lib/access-links/find-access-link.ts'
import { findCurrentUser } from '#lib/auth/find-current-user.ts'
import { signInPath } from '#lib/auth/sign-in-path.ts'
import { changeLocale } from '#lib/i18n/change-locale.ts'
import { gatewayBaseUrl } from '../../(console)/gateway-base-url.ts'
import { submitJoin } from './submit-join.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('join.pageTitle'), robots: 'noindex' }
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
  if (link && !link.setsPassword && user?.id !== link.userId) {
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
  const shown = link && {
    token,
    email: link.email,
    name: link.name,
    organization: link.organizationName,
    kind: link.keyId ? ('key' as const) : link.hasPassword ? ('reset' as const) : ('first' as const),
    asksPassword: link.setsPassword,
  }
  return <JoinView link={shown} baseUrl={baseUrl} join={submitJoin} changeLocale={changeLocale} />
}
