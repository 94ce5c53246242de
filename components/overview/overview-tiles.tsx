import { useFormatter, useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import { StatRow, StatTile } from '../ui/stat-tile.tsx'

export interface UsageFigures {
  /** Decimal USD. */
  spentUsd: string
  requests: number
  errors: number
  inputTokens: number
  outputTokens: number
}

interface OverviewTilesProps {
  now: UsageFigures
  before: UsageFigures
  spendTrend: readonly number[]
  requestTrend: readonly number[]
}

/** The four figures of a period, each beside the one before. */
export function OverviewTiles({ now, before, spendTrend, requestTrend }: OverviewTilesProps) {
  const t = useTranslations('overview.tiles')
  const format = useFormatter()
  const compact = (count: number) => format.number(count, { notation: 'compact', maximumFractionDigits: 1 })
  return (
    <StatRow>
      <StatTile
        label={t('spend')}
        value={<Money usd={now.spentUsd} />}
        delta={change(Number(now.spentUsd), Number(before.spentUsd))}
        trend={spendTrend}
      />
      <StatTile
        label={t('requests')}
        value={format.number(now.requests)}
        delta={change(now.requests, before.requests)}
        trend={requestTrend}
      />
      <StatTile
        label={t('tokens')}
        value={compact(now.inputTokens + now.outputTokens)}
        delta={change(now.inputTokens + now.outputTokens, before.inputTokens + before.outputTokens)}
        note={t('tokensNote', { input: compact(now.inputTokens), output: compact(now.outputTokens) })}
      />
      <StatTile
        label={t('errorRate')}
        value={format.number(errorRate(now), { style: 'percent', maximumFractionDigits: 2 })}
        delta={change(errorRate(now), errorRate(before))}
        good="down"
        note={t('errorsNote', { count: now.errors })}
      />
    </StatRow>
  )
}

/** Nothing then and nothing now is no change at all. */
function change(now: number, before: number): number | null | undefined {
  if (before > 0) return now / before - 1
  return now > 0 ? null : undefined
}

function errorRate({ errors, requests }: UsageFigures): number {
  return requests > 0 ? errors / requests : 0
}
