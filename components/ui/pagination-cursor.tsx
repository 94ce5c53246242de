import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { ButtonLink } from './button-link.tsx'

export interface PaginationCursorProps {
  /** The URL with the next cursor; null on the last page. */
  nextHref: string | null
  /** The URL of the page before; null on the first, undefined when the cursors cannot go back. */
  previousHref?: string | null
  /** The URL without a cursor; null when this is the first page. */
  firstHref?: string | null
  /** Left of the buttons: "240 requests, $12.35", computed by the server for the whole filter. */
  summary?: ReactNode
}

/** Back and forth through a list of unknown length. */
export function PaginationCursor({ nextHref, previousHref, firstHref, summary }: PaginationCursorProps) {
  const t = useTranslations('ui.pages')
  return (
    <nav aria-label={t('label')} className="flex flex-wrap items-center justify-between gap-3 text-muted text-sm">
      <div className="tabular-nums">{summary}</div>
      <div className="flex items-center gap-2">
        {firstHref ? (
          <ButtonLink href={firstHref} variant="ghost" size="sm">
            {t('first')}
          </ButtonLink>
        ) : null}
        {previousHref === undefined ? null : (
          <Step href={previousHref}>
            <ChevronLeft />
            {t('previous')}
          </Step>
        )}
        <Step href={nextHref}>
          {t('next')}
          <ChevronRight />
        </Step>
      </div>
    </nav>
  )
}

function Step({ href, children }: { href: string | null; children: ReactNode }) {
  return href ? (
    <ButtonLink href={href} size="sm">
      {children}
    </ButtonLink>
  ) : (
    <Button size="sm" disabled>
      {children}
    </Button>
  )
}
