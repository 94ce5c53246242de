import { Building2, UserRound, WalletMinimal } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { InTimeZone } from '#components/in-time-zone.tsx'
import { AppShell } from '#components/shell/app-shell.tsx'
import type { SignedInMember } from '#lib/auth/find-member.ts'
import { listOwnOrganizations } from '#lib/auth/list-own-organizations.ts'
import { signOut } from '#lib/auth/sign-out.ts'
import { changeLocale } from '#lib/i18n/change-locale.ts'
import { consoleNavigation } from './console-navigation.tsx'
import { minePath } from './mine-path.ts'

interface ConsoleShellProps {
  member: SignedInMember
  /** `mine` on the page of one's own keys: the switcher stays on that page. */
  place?: 'organization' | 'mine'
  children: ReactNode
}

/** The shell around every page of an organization, in the organization's time zone. */
export async function ConsoleShell({ member, place = 'organization', children }: ConsoleShellProps) {
  const t = await getTranslations('console.nav')
  const organizations = await listOwnOrganizations(member.userId)
  const { slug, name, timeZone } = member.organization
  const mineHref = place === 'mine' ? '/me' : minePath(slug, organizations)
  const { navigation, commands } = await consoleNavigation(member, mineHref)
  const hrefOf = (own: string) => (place === 'mine' ? minePath(own, organizations) : `/${own}`)
  return (
    <InTimeZone timeZone={timeZone}>
      <AppShell
        organization={{ name, href: hrefOf(slug) }}
        organizations={organizations.map((own) => ({ name: own.name, href: hrefOf(own.slug) }))}
        navigation={navigation}
        commands={commands}
        baseHref={`/${slug}`}
        user={{
          name: member.user.name,
          email: member.user.email,
          links: [
            { href: minePath(slug, organizations), label: t('mine'), icon: <WalletMinimal /> },
            { href: '/me/account', label: t('account'), icon: <UserRound /> },
            ...(organizations.some(({ role }) => role === 'owner')
              ? [{ href: '/organizations/new', label: t('newOrganization'), icon: <Building2 /> }]
              : []),
          ],
        }}
        changeLocale={changeLocale}
        signOut={signOut}
      >
        {children}
      </AppShell>
    </InTimeZone>
  )
}
