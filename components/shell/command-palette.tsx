'use client'

import { Command } from 'cmdk'
import { Boxes, FolderKanban, Keyboard, KeyRound, Languages, ListTree, Search, SunMoon, UserRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type Locale, useLocale, useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { Dialog as Primitive } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { cn } from '../ui/cn.ts'
import { Kbd } from '../ui/kbd.tsx'
import { itemStyle } from '../ui/menu-style.ts'
import { overlayStyle } from '../ui/overlay-style.ts'
import { type ChangeLocale, languages } from './languages.ts'
import type { NavGroup } from './navigation.ts'
import { type Found, useFound } from './use-found.ts'

/** What one can do from anywhere. A link, because a server layout passes it: "New key" goes to its form. */
export interface ShellCommand {
  href: string
  label: string
  icon: ReactNode
  /** Other words that find it, in any language. */
  keywords?: readonly string[]
}

interface CommandPaletteProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  navigation: readonly NavGroup[]
  commands: readonly ShellCommand[]
  /** Of the organization, under which its things are. Null: pages and actions only. */
  baseHref: string | null
  changeLocale: ChangeLocale
  onHelp: () => void
}

const iconOfKind = {
  key: <KeyRound />,
  project: <FolderKanban />,
  member: <UserRound />,
  model: <Boxes />,
  request: <ListTree />,
}

function hrefOf(base: string, { kind, id }: Found): string {
  switch (kind) {
    case 'key':
      return `${base}/keys/${id}`
    case 'project':
      return `${base}/projects/${id}`
    case 'model':
      return `${base}/models/${id}`
    case 'member':
      return `${base}/usage?group=key&member=${id}`
    case 'request':
      return `${base}/requests?request=${id}`
  }
}

const themes = ['light', 'dark', 'system'] as const

export function CommandPalette({
  open,
  onOpenChange,
  navigation,
  commands,
  baseHref,
  changeLocale,
  onHelp,
}: CommandPaletteProps) {
  const t = useTranslations('shell')
  const router = useRouter()
  const locale = useLocale()
  const { theme, setTheme } = useTheme()
  const [query, setQuery] = useState('')
  const found = useFound(open && baseHref ? `${baseHref}/search` : null, query)
  const run = (act: () => void) => {
    onOpenChange(false)
    setQuery('')
    act()
  }
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayStyle} />
        <Primitive.Content
          className={cn(
            'fixed inset-x-3 top-[12vh] z-50 mx-auto max-w-xl overflow-hidden rounded-xl border bg-surface shadow-dialog outline-none duration-100',
            'data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 data-[state=open]:zoom-in-[0.98]',
          )}
        >
          <Primitive.Title className="sr-only">{t('palette.title')}</Primitive.Title>
          <Primitive.Description className="sr-only">{t('palette.description')}</Primitive.Description>
          <Command loop label={t('palette.title')}>
            <div className="flex items-center gap-2.5 border-b px-4 text-muted">
              <Search aria-hidden="true" className="size-4 shrink-0" />
              <Command.Input
                value={query}
                onValueChange={setQuery}
                placeholder={t('palette.placeholder')}
                className="h-12 w-full bg-transparent text-base text-foreground outline-none pointer-coarse:text-lg"
              />
              <Kbd className="max-sm:hidden">Esc</Kbd>
            </div>
            <Command.List className="quiet-scroll max-h-[min(24rem,60vh)] scroll-py-2 overflow-y-auto p-2">
              <Command.Empty className="px-4 py-10 text-center text-muted text-sm">
                {t('palette.empty', { query })}
              </Command.Empty>
              {found.length > 0 && baseHref ? (
                <Group heading={t('palette.found')}>
                  {found.map((hit) => (
                    <Item
                      key={`${hit.kind} ${hit.id}`}
                      value={`${hit.kind} ${hit.id}`}
                      // The server has decided that it fits; here it is only shown.
                      keywords={[query, hit.name]}
                      onSelect={() => run(() => router.push(hrefOf(baseHref, hit)))}
                      icon={iconOfKind[hit.kind]}
                      hint={<span className="truncate text-faint text-xs">{hit.detail}</span>}
                    >
                      {hit.name || hit.id}
                    </Item>
                  ))}
                </Group>
              ) : null}
              <Group heading={t('palette.pages')}>
                {navigation
                  .flatMap((group) => group.items)
                  .map((item) => (
                    <Item
                      key={item.href}
                      value={item.href}
                      keywords={[item.label]}
                      onSelect={() => run(() => router.push(item.href))}
                      icon={item.icon}
                      hint={
                        item.shortcut ? (
                          <>
                            <Kbd>G</Kbd>
                            <Kbd>{item.shortcut.toUpperCase()}</Kbd>
                          </>
                        ) : null
                      }
                    >
                      {item.label}
                    </Item>
                  ))}
              </Group>
              {commands.length > 0 ? (
                <Group heading={t('palette.actions')}>
                  {commands.map((command) => (
                    <Item
                      key={command.href}
                      value={`action ${command.href}`}
                      keywords={[command.label, ...(command.keywords ?? [])]}
                      onSelect={() => run(() => router.push(command.href))}
                      icon={command.icon}
                    >
                      {command.label}
                    </Item>
                  ))}
                </Group>
              ) : null}
              <Group heading={t('palette.preferences')}>
                {themes
                  .filter((entry) => entry !== theme)
                  .map((entry) => (
                    <Item
                      key={entry}
                      value={`theme ${entry}`}
                      keywords={[t(`theme.${entry}`), t('theme.label')]}
                      onSelect={() => run(() => setTheme(entry))}
                      icon={<SunMoon />}
                    >
                      {t('palette.useTheme', { theme: t(`theme.${entry}`).toLowerCase() })}
                    </Item>
                  ))}
                {Object.entries(languages)
                  .filter(([code]) => code !== locale)
                  .map(([code, name]) => (
                    <Item
                      key={code}
                      value={`language ${code}`}
                      keywords={[name, t('language')]}
                      onSelect={() => run(() => void changeLocale(code as Locale))}
                      icon={<Languages />}
                    >
                      {t('palette.useLanguage', { language: name })}
                    </Item>
                  ))}
                <Item
                  value="shortcuts"
                  keywords={[t('shortcuts.title')]}
                  onSelect={() => run(onHelp)}
                  icon={<Keyboard />}
                  hint={<Kbd>?</Kbd>}
                >
                  {t('palette.showShortcuts')}
                </Item>
              </Group>
            </Command.List>
          </Command>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  )
}

interface ItemProps {
  value: string
  keywords: string[]
  onSelect: () => void
  icon: ReactNode
  hint?: ReactNode
  children: ReactNode
}

function Item({ value, keywords, onSelect, icon, hint, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      keywords={keywords}
      onSelect={onSelect}
      className={cn(
        itemStyle,
        'gap-2.5 data-[disabled=false]:pointer-events-auto data-[selected=true]:bg-hover dark:data-[selected=true]:bg-selected data-[disabled=false]:opacity-100',
      )}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint ? <span className="flex gap-1 max-sm:hidden">{hint}</span> : null}
    </Command.Item>
  )
}
