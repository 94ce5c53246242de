import type { ReactNode } from 'react'

/** One line of the sidebar. Plain data and elements, so that a server layout can pass it. */
export interface NavItem {
  href: string
  label: string
  /** An icon element of lucide-react. */
  icon: ReactNode
  /** One letter; "g" and then it goes there. */
  shortcut?: string
  /** `exact` for the overview, whose address begins all others. */
  match?: 'prefix' | 'exact'
  /** A count or a word at the end of the line. */
  badge?: ReactNode
}

export interface NavGroup {
  /** Without one the group is only set apart by space. */
  label?: string
  items: readonly NavItem[]
}

/** The item that a path belongs to: the longest address that begins it. */
export function currentItem(groups: readonly NavGroup[], pathname: string): NavItem | undefined {
  return groups
    .flatMap((group) => group.items)
    .filter((item) =>
      item.match === 'exact' ? pathname === item.href : pathname === item.href || pathname.startsWith(`${item.href}/`),
    )
    .sort((a, b) => b.href.length - a.href.length)
    .at(0)
}
