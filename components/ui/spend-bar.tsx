import { useTranslations } from 'next-intl'
import { formatUsd, parseUsd } from '#lib/core/money.ts'
import { displayUsd } from '../display-usd.ts'
import { Money } from '../money.tsx'
import { cn } from './cn.ts'

export interface SpendBarProps {
  /** Decimal strings in USD. */
  spentUsd: string
  /** Promised to requests in flight. */
  reservedUsd?: string
  /** Null: no cap, so there is no bar to fill. */
  limitUsd: string | null
  /** `row`: a bar with its figures above, for tables; `bar`: the bar alone; `detail`: with a legend below. */
  layout?: 'row' | 'bar' | 'detail'
  className?: string
}

/** Spent is solid, reserved is hatched; amber from 80 %, red from 95 %, of both together. */
export function SpendBar({ spentUsd, reservedUsd = '0', limitUsd, layout = 'row', className }: SpendBarProps) {
  const t = useTranslations('ui.spend')
  const limit = limitUsd === null ? null : Number(limitUsd)
  const used = limit === null ? 0 : ratioOf(Number(spentUsd), limit)
  const held = limit === null ? 0 : ratioOf(Number(spentUsd) + Number(reservedUsd), limit)
  const tone = held >= 0.95 ? 'text-danger' : held >= 0.8 ? 'text-warning' : 'text-accent'
  const bar =
    limitUsd === null ? null : (
      // biome-ignore lint/a11y/useSemanticElements: a meter element cannot show two parts
      <div
        role="meter"
        aria-label={t('spent')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(Math.min(1, held) * 100)}
        aria-valuetext={t('summary', {
          spent: displayUsd(spentUsd),
          reserved: displayUsd(reservedUsd),
          limit: displayUsd(limitUsd),
        })}
        className={cn('flex overflow-hidden rounded-full bg-selected', layout === 'detail' ? 'h-2' : 'h-1', tone)}
      >
        <div className="bg-current" style={{ width: percent(used) }} />
        <div className="hatched" style={{ width: percent(Math.min(1, held) - Math.min(1, used)) }} />
      </div>
    )
  if (layout === 'bar') return bar ? <div className={className}>{bar}</div> : null
  return (
    <div className={cn('grid min-w-0 gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-3 whitespace-nowrap">
        <Money usd={spentUsd} className={cn('font-medium', layout === 'detail' ? 'text-lg' : 'text-sm')} />
        <span className="text-muted text-xs">
          {limitUsd === null ? (
            t('noCap')
          ) : (
            <span title={`$${limitUsd}`} className="tabular-nums">
              {t('of', { limit: displayUsd(limitUsd) })}
            </span>
          )}
        </span>
      </div>
      {bar}
      {layout === 'detail' && limitUsd !== null ? (
        <ul className={cn('flex flex-wrap gap-x-4 text-xs', tone)}>
          <LegendItem swatch="bg-current" label={t('spent')} usd={spentUsd} />
          <LegendItem swatch="hatched" label={t('reserved')} usd={reservedUsd} />
          <LegendItem swatch="bg-selected" label={t('left')} usd={leftOf(limitUsd, spentUsd, reservedUsd)} />
        </ul>
      ) : null}
    </div>
  )
}

function LegendItem({ swatch, label, usd }: { swatch: string; label: string; usd: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <span aria-hidden="true" className={cn('size-2 rounded-xs', swatch)} />
      <span className="text-muted">{label}</span>
      <Money usd={usd} className="text-foreground" />
    </li>
  )
}

/** Never below zero: an overrun leaves nothing, and is shown as spent. */
function leftOf(limitUsd: string, spentUsd: string, reservedUsd: string): string {
  const left = (parseUsd(limitUsd) ?? 0n) - (parseUsd(spentUsd) ?? 0n) - (parseUsd(reservedUsd) ?? 0n)
  return formatUsd(left > 0n ? left : 0n)
}

/** A limit of 0 allows nothing, so it is full. */
function ratioOf(amount: number, limit: number): number {
  return limit <= 0 ? 1 : Math.max(0, amount / limit)
}

function percent(ratio: number): string {
  return `${Math.min(1, Math.max(0, ratio)) * 100}%`
}
