'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { sectionLinkStyle, sectionRowStyle } from './section-nav-style.ts'
import { useCentredLink } from './use-centred-link.ts'

export interface SectionNavProps {
  /** For screen readers. */
  label: string
  items: readonly { href: string; label: string }[]
}

/** The parts of a page that are pages of their own: a list beside them on a desk, a row above them on a phone. */
export function SectionNav({ label, items }: SectionNavProps) {
  const path = usePathname()
  const list = useCentredLink(path)
  return (
    <nav aria-label={label} className="min-w-0">
      <ul ref={list} className={sectionRowStyle}>
        {items.map((item) => (
          <li key={item.href} className="shrink-0">
            <Link href={item.href} aria-current={item.href === path ? 'page' : undefined} className={sectionLinkStyle}>
              {item.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
