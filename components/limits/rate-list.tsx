import { useFormatter, useTranslations } from 'next-intl'
import { type Rates, rateNames } from './rate-draft.ts'

/** "60 requests a minute · 4 at the same time": those limits that there are. */
export function RateList({ rates }: { rates: Rates }) {
  const t = useTranslations('ui.rates.values')
  const format = useFormatter()
  return rateNames
    .flatMap((name) => {
      const count = rates[name]
      return count === null ? [] : [t(name, { count: format.number(count) })]
    })
    .join(' · ')
}
