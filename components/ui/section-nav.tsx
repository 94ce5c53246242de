'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { sectionLinkStyle, sectionRowStyle } from './section-nav-style.ts'

export interface SectionNavProps {
  /** For screen readers. */
  label: string
  items: readonly { href: string; label: string }[]
}

/** The parts of a page that are pages of their own: a list beside them on a desk, a row above them on a phone. */
export function SectionNav({ label, items }: SectionNavProps) {
  const path = usePathname()
  const list = useRef<HTMLUListElement>(null)
  // A row that scrolls shows where one is. The page itself stays where it is.
  useEffect(() => {
    const row = list.current
    const current = row?.querySelector<HTMLElement>(`a[href="${path}"]`)
    if (row && current) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2
  }, [path])
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
