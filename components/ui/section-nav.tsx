'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'

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
      <ul
        ref={list}
        className="quiet-scroll relative flex gap-5 overflow-x-auto border-b lg:grid lg:gap-px lg:overflow-visible lg:border-0"
      >
        {items.map((item) => (
          <li key={item.href} className="shrink-0">
            <Link
              href={item.href}
              aria-current={item.href === path ? 'page' : undefined}
              className={
                'flex h-10 items-center whitespace-nowrap text-muted text-sm transition-colors hover:text-foreground focus-visible:-outline-offset-2 ' +
                'aria-[current]:font-medium aria-[current]:text-foreground max-lg:aria-[current]:shadow-[inset_0_-2px_0_var(--accent)] ' +
                'lg:h-8 lg:rounded-md lg:px-2.5 lg:aria-[current]:bg-selected lg:hover:bg-hover'
              }
            >
              {item.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
