'use client'

import { sectionLinkStyle, sectionRowStyle } from './section-nav-style.ts'
import { useCentredLink } from './use-centred-link.ts'
import { usePartInView } from './use-part-in-view.ts'

export interface PartNavProps {
  /** For screen readers. */
  label: string
  /** By the ids of the sections. */
  parts: readonly { id: string; label: string }[]
}

/** The parts of one long page: beside it on a desk, above it on a phone, and always in sight. */
export function PartNav({ label, parts }: PartNavProps) {
  const current = usePartInView(parts.map(({ id }) => id)) ?? parts[0]?.id
  const list = useCentredLink(`#${current}`)
  return (
    <nav
      aria-label={label}
      className="sticky top-(--topbar-height) z-10 min-w-0 bg-background lg:top-[calc(var(--topbar-height)+2rem)] lg:self-start"
    >
      <ul ref={list} className={sectionRowStyle}>
        {parts.map(({ id, label: name }) => (
          <li key={id} className="shrink-0">
            <a href={`#${id}`} aria-current={id === current ? 'location' : undefined} className={sectionLinkStyle}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
