'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { cn } from '../ui/cn.ts'
import { currentItem, type NavGroup } from './navigation.ts'
import { OrganizationSwitcher, type ShellOrganization } from './organization-switcher.tsx'

interface SidebarProps {
  organization: ShellOrganization
  organizations: readonly ShellOrganization[]
  navigation: readonly NavGroup[]
  /** On a phone: closes the drawer. */
  onNavigate?: () => void
}

/** What both the fixed sidebar and the drawer of a phone show. */
export function Sidebar({ organization, organizations, navigation, onNavigate }: SidebarProps) {
  const t = useTranslations('shell')
  const current = currentItem(navigation, usePathname())
  return (
    <div className="flex h-full flex-col gap-3 p-2.5">
      <div className="max-lg:pr-10">
        <OrganizationSwitcher current={organization} organizations={organizations} />
      </div>
      <nav
        aria-label={t('navigation')}
        className="quiet-scroll -mx-1 grid min-h-0 content-start gap-4 overflow-y-auto px-1"
      >
        {navigation.map((group, index) => (
          <div key={group.label ?? `group-${index + 1}`} className="grid gap-px">
            {group.label ? <p className="px-2 pb-1 font-medium text-faint text-xs">{group.label}</p> : null}
            <ul className="grid gap-px">
              {group.items.map((item) => (
                <li key={item.href}>
                  <Link
                    href={item.href}
                    onClick={onNavigate}
                    aria-current={item === current ? 'page' : undefined}
                    className={cn(
                      'flex h-8 items-center gap-2.5 rounded-md px-2 text-muted text-sm transition-colors focus-visible:-outline-offset-2 pointer-coarse:h-10',
                      'hover:bg-hover hover:text-foreground aria-[current]:bg-selected aria-[current]:font-medium aria-[current]:text-foreground',
                      '[&_svg]:size-4 [&_svg]:shrink-0 aria-[current]:[&_svg]:text-accent-text',
                    )}
                  >
                    {item.icon}
                    <span className="min-w-0 flex-1 truncate">{item.label}</span>
                    {item.badge ? <span className="text-faint text-xs tabular-nums">{item.badge}</span> : null}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </div>
  )
}
