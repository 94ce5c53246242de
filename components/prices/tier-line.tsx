import { useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import type { PriceFacts } from './price-facts.ts'

/** What long prompts cost, input and output, as a line of a list of prices. */
export function TierLine({ tier }: { tier: PriceFacts['tiers'][number] }) {
  const t = useTranslations('models.rates')
  return (
    <div className="flex basis-full flex-wrap items-baseline gap-x-1.5">
      <dt className="text-muted">{t('above', { tokens: tier.aboveInputTokens })}</dt>
      <dd className="font-medium">
        <Money usd={tier.inputUsd} style="exact" /> / <Money usd={tier.outputUsd} style="exact" />
      </dd>
    </div>
  )
}
