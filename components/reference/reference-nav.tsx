'use client'

import { ChevronDown, Search } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { buttonStyle } from '../ui/button-style.ts'
import { cn } from '../ui/cn.ts'
import { Input } from '../ui/input.tsx'
import type { ApiPart } from './api-facts.ts'
import { ContentsList } from './contents-list.tsx'
import { MethodName } from './method-name.tsx'

/** All groups, on a phone behind the name of the one that is open; and with words in the field the calls that have them. */
export function ReferenceNav({ parts }: { parts: readonly ApiPart[] }) {
  const t = useTranslations('reference')
  const path = usePathname()
  const listId = useId()
  const [isOpen, setOpen] = useState(false)
  const [words, setWords] = useState('')
  const items = parts.flatMap((part) => part.items)
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const found = items.flatMap(({ href, entries }) =>
    entries
      .filter(({ method, path: place, summary }) => {
        const text = `${method} ${place} ${summary}`.toLowerCase()
        return wanted.every((word) => text.includes(word))
      })
      .map((entry) => ({ ...entry, href: `${href}#${entry.id}` })),
  )
  const open = items.find(({ href }) => href === path)
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
        <nav aria-label={t('contents')} className="grid min-w-0 gap-3">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={listId}
            onClick={() => setOpen(!isOpen)}
            className={cn(buttonStyle(), 'w-full justify-between lg:hidden')}
          >
            <span className="min-w-0 truncate">
              <span className="font-normal text-muted">{t('contents')}</span>
              <span className="mx-2 font-normal text-faint" aria-hidden="true">
                /
              </span>
              {open?.label}
            </span>
            <ChevronDown aria-hidden="true" className={cn('text-muted transition-transform', isOpen && 'rotate-180')} />
          </button>
          <div id={listId} className={cn(isOpen ? 'border-b pb-5 lg:border-0 lg:pb-0' : 'max-lg:hidden')}>
            <ContentsList parts={parts} path={path} onGo={() => setOpen(false)} />
          </div>
        </nav>
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
                  onClick={() => setWords('')}
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
