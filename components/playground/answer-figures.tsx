'use client'

import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import { Duration } from '../requests/duration.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import type { CallFigures } from './call-figures.ts'

interface AnswerFiguresProps {
  figures: CallFigures | 'pending' | 'unknown'
  dropped: string | null
  /** To the request as the log has it. */
  href: string
}

/** What the gateway metered: how soon, how much, for how much. */
export function AnswerFigures({ figures, dropped, href }: AnswerFiguresProps) {
  const t = useTranslations('playground.figures')
  const format = useFormatter()
  const link = (
    <Link href={href} className="w-fit rounded-sm text-accent-text underline-offset-4 hover:underline">
      {t('request')}
    </Link>
  )
  if (figures === 'pending') return <Skeleton className="h-9 w-48 max-w-full" />
  if (figures === 'unknown')
    return (
      <p className="grid gap-1.5 text-muted text-xs">
        {t('unknown')} {link}
      </p>
    )
  const count = (tokens: number | null) => (tokens === null ? '—' : format.number(tokens))
  const rows = [
    { label: t('cost'), value: <Money usd={figures.costUsd} style="exact" /> },
    { label: t('firstToken'), value: <Duration ms={figures.firstTokenMs} /> },
    { label: t('total'), value: <Duration ms={figures.latencyMs} /> },
    { label: t('input'), value: count(figures.inputTokens) },
    { label: t('output'), value: count(figures.outputTokens) },
    ...(figures.reasoningTokens ? [{ label: t('reasoning'), value: count(figures.reasoningTokens) }] : []),
  ]
  return (
    <div className="grid gap-1.5 text-xs">
      <dl className="flex flex-wrap gap-x-4 gap-y-1.5">
        {rows.map(({ label, value }) => (
          <div key={label} className="grid">
            <dt className="text-faint">{label}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {figures.estimated ? <p className="text-muted">{t('estimated')}</p> : null}
      {figures.finishReason === 'length' ? <p className="text-warning-text">{t('length')}</p> : null}
      {dropped ? <p className="text-muted">{t('dropped', { fields: dropped })}</p> : null}
      {link}
    </div>
  )
}
