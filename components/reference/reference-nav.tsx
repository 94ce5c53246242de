'use client'

import { Search } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Input } from '../ui/input.tsx'
import { SectionNav } from '../ui/section-nav.tsx'
import type { ApiEntry } from './api-facts.ts'
import { MethodName } from './method-name.tsx'

interface ReferenceNavProps {
  /** The first is the start. */
  items: readonly { href: string; label: string; entries: readonly ApiEntry[] }[]
}

/** All groups, and with words in the field the calls that have them. */
export function ReferenceNav({ items }: ReferenceNavProps) {
  const t = useTranslations('reference')
  const path = usePathname()
  const [words, setWords] = useState('')
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const found = items.flatMap(({ href, entries }) =>
    entries
      .filter(({ method, path: place, summary }) => {
        const text = `${method} ${place} ${summary}`.toLowerCase()
        return wanted.every((word) => text.includes(word))
      })
      .map((entry) => ({ ...entry, href: `${href}#${entry.id}` })),
  )
  return (
    <div className="grid min-w-0 content-start gap-3 lg:sticky lg:top-(--topbar-height) lg:max-h-[calc(100dvh-var(--topbar-height))] lg:overflow-y-auto lg:pt-1 lg:pb-6 quiet-scroll">
      <search className="lg:px-0.5">
        <Input
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          prefix={<Search aria-hidden="true" className="size-4" />}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </search>
      {wanted.length === 0 ? (
        <SectionNav label={t('contents')} items={items} />
      ) : (
        <nav aria-label={t('found')}>
          <p className="pb-2 text-muted text-xs" role="status">
            {t('foundCount', { count: found.length })}
          </p>
          <ul className="grid gap-px">
            {found.map((entry) => (
              <li key={entry.id}>
                <Link
                  href={entry.href}
                  onClick={() => entry.href.startsWith(`${path}#`) && setWords('')}
                  className="grid gap-0.5 rounded-md px-2.5 py-1.5 hover:bg-hover focus-visible:-outline-offset-2"
                >
                  <span className="text-sm">{entry.summary}</span>
                  <span className="flex min-w-0 gap-1.5">
                    <MethodName method={entry.method} />
                    <span className="truncate font-mono text-muted text-xs">{entry.path.replace('/api/v1', '')}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  )
}
