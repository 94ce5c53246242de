import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Sparkline } from '../charts/sparkline.tsx'
import { cn } from './cn.ts'

export interface StatTileProps {
  label: ReactNode
  value: ReactNode
  /** Change from the previous period as a ratio: 0.12 is +12 %. Null: nothing then to compare with. */
  delta?: number | null
  /** Which way is good news; `neutral` keeps it grey. */
  good?: 'up' | 'down' | 'neutral'
  /** One short line instead of or after the delta. */
  note?: ReactNode
  /** Oldest first. */
  trend?: readonly number[]
}

/** One figure. Several stand in `StatRow`. */
export function StatTile({ label, value, delta, good = 'neutral', note, trend }: StatTileProps) {
  return (
    <div className="grid min-w-0 content-start gap-1">
      <dt className="truncate text-muted text-sm">{label}</dt>
      <dd className="grid gap-1">
        <div className="flex items-end justify-between gap-3">
          <span className="whitespace-nowrap font-semibold text-2xl tabular-nums tracking-tight">{value}</span>
          {trend ? <Sparkline values={trend} className="mb-1.5 h-6 w-20 max-sm:hidden" /> : null}
        </div>
        <div className="flex min-h-5 flex-wrap items-center gap-x-2 text-muted text-xs">
          {delta === undefined ? null : <Delta ratio={delta} good={good} />}
          {note}
        </div>
      </dd>
    </div>
  )
}

/** Two, three or four tiles on a line, parted by hairlines. */
export function StatRow({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <dl
      className={cn(
        'grid grid-cols-2 gap-x-6 gap-y-6 lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none',
        'lg:[&>*+*]:border-l lg:[&>*+*]:pl-6',
        className,
      )}
    >
      {children}
    </dl>
  )
}

function Delta({ ratio, good }: { ratio: number | null; good: 'up' | 'down' | 'neutral' }) {
  const t = useTranslations('ui.delta')
  const format = useFormatter()
  if (ratio === null) return <span title={t('newDescription')}>{t('new')}</span>
  const amount = format.number(Math.abs(ratio), {
    style: 'percent',
    maximumFractionDigits: Math.abs(ratio) < 0.1 ? 1 : 0,
  })
  const direction = ratio > 0 ? 'up' : ratio < 0 ? 'down' : 'same'
  const Icon = { up: ArrowUpRight, down: ArrowDownRight, same: ArrowRight }[direction]
  const described = direction === 'same' ? t('same') : t(direction, { ratio: amount })
  const tone =
    good === 'neutral' || direction === 'same'
      ? 'text-muted'
      : direction === good
        ? 'text-positive-text'
        : 'text-danger-text'
  return (
    <span title={described} className={cn('inline-flex items-center gap-0.5 font-medium tabular-nums', tone)}>
      <Icon aria-hidden="true" className="size-3.5" />
      <span aria-hidden="true">{amount}</span>
      <span className="sr-only">{described}</span>
    </span>
  )
}
