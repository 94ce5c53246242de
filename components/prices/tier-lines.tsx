import { useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import type { PriceFacts } from './price-facts.ts'

/** What long prompts cost, a line for each tier: input and output. */
export function TierLines({ tiers }: { tiers: PriceFacts['tiers'] }) {
  const t = useTranslations('models.rates')
  return (
    <dl className="grid gap-1 text-sm">
      {tiers.map((tier) => (
        <div key={tier.aboveInputTokens} className="flex flex-wrap items-baseline gap-x-1.5">
          <dt className="text-muted">{t('above', { tokens: tier.aboveInputTokens })}</dt>
          <dd className="font-medium">
            <Money usd={tier.inputUsd} style="exact" /> / <Money usd={tier.outputUsd} style="exact" />
          </dd>
        </div>
      ))}
    </dl>
  )
}
