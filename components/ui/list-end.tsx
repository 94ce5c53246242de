'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from './button.tsx'
import { ButtonLink } from './button-link.tsx'

/** `more`: there are further rows. `whole`: these are all. */
export type ListState = 'more' | 'loading' | 'failed' | 'whole'

interface ListEndProps {
  state: ListState
  /** Changes when rows have come. */
  count: number
  onMore: () => void
  /** Where the list begins; null: this is its beginning. */
  firstHref?: string | null
  /** "240 requests, $12.35", computed by the server for the whole filter. */
  summary?: ReactNode
}

/** Rows are asked for before the reader gets here. */
const aheadPx = 1_200

/** The end of a list that grows as one reads on: by itself, or by a press where somebody gets here by keyboard. */
export function ListEnd({ state, count, onMore, firstHref = null, summary }: ListEndProps) {
  const t = useTranslations('ui.pages')
  const ref = useRef<HTMLElement>(null)
  const latest = useRef(onMore)
  useEffect(() => {
    latest.current = onMore
  })
  // Once more for every part that came, as long as the end is near.
  useEffect(() => {
    if (state !== 'more' || !ref.current) return
    const near = new IntersectionObserver(
      // Of a busy page several looks come at once, and only the last one holds.
      (looks) => {
        if (looks.at(-1)?.isIntersecting) latest.current()
      },
      { rootMargin: `0px 0px ${aheadPx}px 0px` },
    )
    near.observe(ref.current)
    return () => near.disconnect()
  }, [state, count])
  return (
    <nav
      ref={ref}
      aria-label={t('label')}
      className="flex min-h-8 flex-wrap items-center justify-between gap-3 text-muted text-sm"
    >
      <div className="tabular-nums">{summary}</div>
      <div className="flex items-center gap-2">
        {state === 'failed' ? <span role="alert">{t('failed')}</span> : null}
        {firstHref ? (
          <ButtonLink href={firstHref} variant="ghost" size="sm">
            {t('first')}
          </ButtonLink>
        ) : null}
        {state === 'whole' ? null : (
          <Button size="sm" pending={state === 'loading'} onClick={onMore}>
            {t(state === 'failed' ? 'retry' : 'more')}
          </Button>
        )}
      </div>
    </nav>
  )
}
