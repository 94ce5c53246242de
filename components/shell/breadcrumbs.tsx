'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { cn } from '../ui/cn.ts'
import { currentItem, type NavGroup } from './navigation.ts'
import { type Crumb, usePageTrail } from './page-trail.tsx'

/** The section from the sidebar, then what the page adds. */
export function Breadcrumbs({ navigation }: { navigation: readonly NavGroup[] }) {
  const t = useTranslations('shell')
  const section = currentItem(navigation, usePathname())
  const trail = usePageTrail()
  const crumbs: Crumb[] = [...(section ? [{ label: section.label, href: section.href }] : []), ...trail]
  return (
    <nav aria-label={t('breadcrumbs')} className="min-w-0">
      <ol className="flex min-w-0 items-center text-sm">
        {crumbs.map((crumb, index) => {
          const last = index === crumbs.length - 1
          return (
            <li
              key={`${crumb.href ?? ''}${crumb.label}`}
              className={cn('flex min-w-0 items-center', !last && crumbs.length > 2 && index > 0 && 'max-sm:hidden')}
            >
              {index > 0 ? (
                <span aria-hidden="true" className="px-2 text-line-strong">
                  /
                </span>
              ) : null}
              {last || !crumb.href ? (
                <span aria-current={last ? 'page' : undefined} className="truncate font-medium">
                  {crumb.label}
                </span>
              ) : (
                <Link
                  href={crumb.href}
                  className="truncate rounded-sm text-muted transition-colors hover:text-foreground"
                >
                  {crumb.label}
                </Link>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
