import { useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import type { PriceFacts } from './price-facts.ts'
import { TierLine } from './tier-line.tsx'

/** A price in one line: "$2.50 input · $10 output · $1.25 cached". */
export function PriceLine({ price }: { price: Omit<PriceFacts, 'id' | 'source' | 'effectiveFrom'> }) {
  const t = useTranslations('models.rates')
  const parts = [
    { label: t('input'), usd: price.inputUsd },
    { label: t('output'), usd: price.outputUsd },
    { label: t('cacheRead'), usd: price.cacheReadUsd },
    { label: t('cacheWrite'), usd: price.cacheWriteUsd },
    { label: t('reasoning'), usd: price.reasoningUsd },
    { label: t('perRequest'), usd: price.perRequestUsd === '0' ? null : price.perRequestUsd },
  ].filter(({ usd }) => usd !== null)
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {parts.map(({ label, usd }) => (
        <div key={label} className="flex items-baseline gap-1.5">
          <dt className="text-muted">{label}</dt>
          <dd className="font-medium">
            <Money usd={usd} style="exact" />
          </dd>
        </div>
      ))}
      {price.units.map(({ kind, usd, per }) => (
        <div key={kind} className="flex items-baseline gap-1.5">
          <dt className="text-muted">{t(`units.${kind}`)}</dt>
          <dd className="font-medium">
            <Money usd={usd} style="exact" /> {per === 1 ? null : t('per', { count: per })}
          </dd>
        </div>
      ))}
      {price.tiers.map((tier) => (
        <TierLine key={tier.aboveInputTokens} tier={tier} />
      ))}
    </dl>
  )
}
