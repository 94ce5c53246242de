import { Boxes, Cable, ChartNoAxesColumn, FolderKanban, KeyRound, ListTree, Plus, Settings, Users } from 'lucide-react'
import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { AppShell } from '#components/shell/app-shell.tsx'
import { changeLocale } from '#lib/i18n/change-locale.ts'
import { sampleText } from './sample-text.ts'

async function signOut() {
  'use server'
}

/** The application shell with a navigation that leads nowhere but here. */
export async function SampleFrame({ children }: { children: ReactNode }) {
  const text = sampleText[await getLocale()]
  const at = (path: string) => `/design${path}`
  return (
    <AppShell
      organization={{ name: text.organization, href: at('') }}
      organizations={[
        { name: text.organization, href: at('') },
        { name: text.otherOrganization, href: at('/other') },
      ]}
      navigation={[
        {
          items: [
            { href: at('/overview'), label: text.nav.overview, icon: <ChartNoAxesColumn />, shortcut: 'o' },
            { href: at(''), label: text.nav.keys, icon: <KeyRound />, shortcut: 'k', badge: '12', match: 'exact' },
            { href: at('/projects'), label: text.nav.projects, icon: <FolderKanban />, shortcut: 'p' },
            { href: at('/requests'), label: text.nav.requests, icon: <ListTree />, shortcut: 'r' },
          ],
        },
        {
          label: text.nav.build,
          items: [
            { href: at('/models'), label: text.nav.models, icon: <Boxes />, shortcut: 'm' },
            { href: at('/providers'), label: text.nav.providers, icon: <Cable />, shortcut: 'v' },
            { href: at('/members'), label: text.nav.members, icon: <Users />, shortcut: 'u' },
            { href: at('/settings'), label: text.nav.settings, icon: <Settings />, shortcut: 's' },
          ],
        },
      ]}
      commands={[{ href: at('/new'), label: text.newKey, icon: <Plus />, keywords: ['create', '创建'] }]}
      user={{
        name: text.student,
        email: 'lin@example.edu',
        links: [{ href: at('/me'), label: text.myKeys, icon: <KeyRound /> }],
      }}
      changeLocale={changeLocale}
      signOut={signOut}
    >
      {children}
    </AppShell>
  )
}
