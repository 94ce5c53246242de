'use client'

import Link from 'next/link'
import { cn } from '../ui/cn.ts'
import { usePartInView } from '../ui/use-part-in-view.ts'
import type { ApiPart } from './api-facts.ts'

interface ContentsListProps {
  parts: readonly ApiPart[]
  /** The page that one is on. */
  path: string
  onGo: () => void
}

const lineStyle =
  'flex min-h-8 items-center rounded-md px-2.5 py-1 text-muted text-sm transition-colors hover:bg-hover hover:text-foreground focus-visible:-outline-offset-2 pointer-coarse:min-h-10'

/** All groups below their headings, and below the one that is open its calls. */
export function ContentsList({ parts, path, onGo }: ContentsListProps) {
  const current = parts.flatMap(({ items }) => items).find(({ href }) => href === path)
  const inView = usePartInView(current?.entries.map(({ id }) => id) ?? [])
  return (
    <ul className="grid gap-4">
      {parts.map(({ label, items }) => (
        <li key={label ?? ''} className="grid gap-px">
          {label ? <p className="px-2.5 pb-1 font-medium text-faint text-xs">{label}</p> : null}
          <ul className="grid gap-px">
            {items.map((item) => (
              <li key={item.href}>
                <Link
                  href={item.href}
                  aria-current={item.href === path ? 'page' : undefined}
                  onClick={onGo}
                  className={cn(
                    lineStyle,
                    'aria-[current]:bg-selected aria-[current]:font-medium aria-[current]:text-foreground',
                  )}
                >
                  {item.label}
                </Link>
                {item.href === path && item.entries.length > 0 ? (
                  <ul className="my-1 ml-3.5 grid gap-px border-l pl-1.5">
                    {item.entries.map((entry) => (
                      <li key={entry.id}>
                        <a
                          href={`#${entry.id}`}
                          aria-current={entry.id === inView ? 'location' : undefined}
                          onClick={onGo}
                          className={cn(lineStyle, 'text-xs aria-[current]:text-accent-text pointer-coarse:text-sm')}
                        >
                          {entry.summary}
                        </a>
                      </li>
                    ))}
                  </ul>
                ) : null}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
