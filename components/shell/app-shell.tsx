'use client'

import { Menu, Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { late } from '../ui/late.ts'
import { Sheet, SheetContent } from '../ui/sheet.tsx'
import { useLate } from '../ui/use-late.ts'
import { Breadcrumbs } from './breadcrumbs.tsx'
import type { ShellCommand } from './command-palette.tsx'
import { LanguageMenu } from './language-menu.tsx'
import type { ChangeLocale } from './languages.ts'
import type { NavGroup } from './navigation.ts'
import type { ShellOrganization } from './organization-switcher.tsx'
import { PageTrailProvider } from './page-trail.tsx'
import { Sidebar } from './sidebar.tsx'
import { SkipLink } from './skip-link.tsx'
import { ThemeMenu } from './theme-menu.tsx'
import { useModifierLabel } from './use-modifier-label.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { type ShellUser, UserMenu } from './user-menu.tsx'

export interface AppShellProps {
  organization: ShellOrganization
  /** All that the person belongs to, the current one too. */
  organizations?: readonly ShellOrganization[]
  navigation: readonly NavGroup[]
  /** Actions of the command palette beside the pages of the navigation. */
  commands?: readonly ShellCommand[]
  /** Of the organization; the command palette searches under it. */
  baseHref?: string | null
  user: ShellUser
  changeLocale: ChangeLocale
  signOut: () => Promise<void>
  children: ReactNode
}

const paletteModule = late(() => import('./command-palette.tsx'))
const shortcutsModule = late(() => import('./shortcuts-dialog.tsx'))

/** Top bar and page share their edges, however wide the window. */
const column = 'mx-auto w-full max-w-[76rem] px-4 sm:px-6 lg:px-8'

/** Sidebar, top bar and keyboard around every page of an organization. Rendered by a server layout, with data. */
export function AppShell({ organization, organizations = [], navigation, commands = [], ...props }: AppShellProps) {
  const t = useTranslations('shell')
  const router = useRouter()
  const modifier = useModifierLabel()
  const [open, setOpen] = useState<'navigation' | 'palette' | 'help' | null>(null)
  const palette = useLate(paletteModule, open === 'palette')
  const shortcuts = useLate(shortcutsModule, open === 'help')
  const openOnly = (name: typeof open) => (shown: boolean) => setOpen(shown ? name : null)
  useShortcuts({
    onPalette: () => setOpen((now) => (now === 'palette' ? null : 'palette')),
    onHelp: () => setOpen('help'),
    onGo: (letter) => {
      const item = navigation.flatMap((group) => group.items).find((candidate) => candidate.shortcut === letter)
      if (item) router.push(item.href)
      return item !== undefined
    },
  })
  return (
    <PageTrailProvider>
      <SkipLink />
      <div className="lg:grid lg:grid-cols-[var(--sidebar-width)_minmax(0,1fr)]">
        <aside className="sticky top-0 h-dvh border-r bg-sunken max-lg:hidden">
          <Sidebar organization={organization} organizations={organizations} navigation={navigation} />
        </aside>
        <div className="min-w-0">
          <header className="sticky top-0 z-30 border-b bg-background">
            <div
              className={`${column} flex h-(--topbar-height) items-center justify-between gap-3 max-lg:pl-2.5 sm:max-lg:pl-4.5`}
            >
              <div className="flex min-w-0 items-center gap-1">
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={t('openNavigation')}
                  aria-haspopup="dialog"
                  aria-expanded={open === 'navigation'}
                  onClick={() => setOpen('navigation')}
                  className="lg:hidden"
                >
                  <Menu />
                </Button>
                <Sheet open={open === 'navigation'} onOpenChange={openOnly('navigation')}>
                  <SheetContent side="left" title={t('navigation')} titleHidden>
                    <Sidebar
                      organization={organization}
                      organizations={organizations}
                      navigation={navigation}
                      onNavigate={() => setOpen(null)}
                    />
                  </SheetContent>
                </Sheet>
                <Breadcrumbs navigation={navigation} />
              </div>
              <div className="flex shrink-0 items-center gap-1">
                <Button
                  onClick={() => setOpen('palette')}
                  className="mr-1 w-56 justify-start gap-2 pr-1.5 font-normal text-muted max-md:hidden"
                >
                  <Search />
                  <span className="flex-1 text-left">{t('search')}</span>
                  <Kbd>{modifier} K</Kbd>
                </Button>
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={t('openSearch')}
                  onClick={() => setOpen('palette')}
                  className="md:hidden"
                >
                  <Search />
                </Button>
                <LanguageMenu changeLocale={props.changeLocale} />
                <ThemeMenu />
                <UserMenu user={props.user} signOut={props.signOut} />
              </div>
            </div>
          </header>
          <main id="content" tabIndex={-1} className={`${column} py-6 outline-none lg:py-8`}>
            {props.children}
          </main>
        </div>
      </div>
      {palette ? (
        <palette.CommandPalette
          open={open === 'palette'}
          onOpenChange={openOnly('palette')}
          navigation={navigation}
          commands={commands}
          baseHref={props.baseHref ?? null}
          changeLocale={props.changeLocale}
          onHelp={() => setOpen('help')}
        />
      ) : null}
      {shortcuts ? (
        <shortcuts.ShortcutsDialog open={open === 'help'} onOpenChange={openOnly('help')} navigation={navigation} />
      ) : null}
    </PageTrailProvider>
  )
}
