import { useFormatter, useTranslations } from 'next-intl'
import { Money } from '../money.tsx'

export interface RequestTotalsFacts {
  requests: number
  inputTokens: number
  outputTokens: number
  costUsd: string
}

/** Of everything that the filter finds, not of the page that is shown. */
export function RequestTotals({ totals }: { totals: RequestTotalsFacts }) {
  const t = useTranslations('requests.totals')
  const format = useFormatter()
  const figures = [
    { label: t('requests'), value: format.number(totals.requests) },
    { label: t('input'), value: format.number(totals.inputTokens) },
    { label: t('output'), value: format.number(totals.outputTokens) },
    { label: t('cost'), value: <Money usd={totals.costUsd} /> },
  ]
  return (
    <dl aria-label={t('label')} className="flex flex-wrap gap-x-8 gap-y-2 text-sm">
      {figures.map((figure) => (
        <div key={figure.label} className="flex items-baseline gap-2">
          <dt className="text-muted">{figure.label}</dt>
          <dd className="font-medium tabular-nums">{figure.value}</dd>
        </div>
      ))}
    </dl>
  )
}
