'use client'

import { useTranslations } from 'next-intl'
import type { PriceFacts } from '../prices/price-facts.ts'
import { RateCell } from '../prices/rate-cell.tsx'
import { Badge } from '../ui/badge.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import type { DeploymentFacts } from './model-facts.ts'

/** One version of a model's price, and whose. */
export interface PriceVersion extends PriceFacts {
  /** Null: of all deployments without one of their own. */
  deploymentId: string | null
  state: 'inForce' | 'upcoming' | 'past'
}

interface PriceVersionsProps {
  versions: readonly PriceVersion[]
  deployments: readonly DeploymentFacts[]
}

/** Every version there is; nothing of it is ever changed. */
export function PriceVersions({ versions, deployments }: PriceVersionsProps) {
  const t = useTranslations('models')
  if (versions.length === 0) return <EmptyState size="compact" title={t('detail.noPrices')} />
  const scopeOf = ({ deploymentId }: PriceVersion) => {
    if (deploymentId === null) return t('detail.allDeployments')
    const deployment = deployments.find(({ id }) => id === deploymentId)
    return deployment ? `${deployment.providerName} · ${deployment.upstreamModel}` : t('detail.removedDeployment')
  }
  return (
    <Table label={t('detail.prices')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('detail.from')}</TableHead>
          <TableHead className="max-md:hidden">{t('detail.scope')}</TableHead>
          <TableHead className="max-sm:hidden">{t('detail.source')}</TableHead>
          <TableHead numeric>{t('rates.input')}</TableHead>
          <TableHead numeric className="max-lg:hidden">
            {t('rates.cacheRead')}
          </TableHead>
          <TableHead numeric className="max-xl:hidden">
            {t('rates.cacheWrite')}
          </TableHead>
          <TableHead numeric>{t('rates.output')}</TableHead>
          <TableHead numeric className="max-xl:hidden">
            {t('rates.perRequest')}
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {versions.map((version) => (
          <TableRow key={version.id} className={version.state === 'past' ? 'text-muted' : undefined}>
            <TableCell>
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <Time at={version.effectiveFrom} format="datetime" />
                {version.state === 'past' ? null : (
                  <Badge tone={version.state === 'inForce' ? 'positive' : 'accent'}>
                    {t(`detail.${version.state}`)}
                  </Badge>
                )}
              </span>
            </TableCell>
            <TableCell className="max-w-56 truncate max-md:hidden">{scopeOf(version)}</TableCell>
            <TableCell className="max-sm:hidden">{t(`detail.sources.${version.source}`)}</TableCell>
            <RateCell usd={version.inputUsd} isTiered={version.tiers.length > 0} />
            <RateCell usd={version.cacheReadUsd} className="max-lg:hidden" />
            <RateCell usd={version.cacheWriteUsd} className="max-xl:hidden" />
            <RateCell usd={version.outputUsd} isTiered={version.tiers.length > 0} />
            <RateCell usd={version.perRequestUsd === '0' ? null : version.perRequestUsd} className="max-xl:hidden" />
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
