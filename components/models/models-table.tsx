import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { RateCell } from '../prices/rate-cell.tsx'
import { Badge } from '../ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import type { ModelFacts } from './model-facts.ts'

/** Prices are those of the deployment that is tried first. */
export function ModelsTable({ models, modelsHref }: { models: readonly ModelFacts[]; modelsHref: string }) {
  const t = useTranslations('models')
  const format = useFormatter()
  const tokens = (count: number | null) => (count === null ? '—' : format.number(count))
  return (
    <Table label={t('title')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('columns.name')}</TableHead>
          <TableHead className="max-md:hidden">{t('columns.deployments')}</TableHead>
          <TableHead numeric>{t('columns.input')}</TableHead>
          <TableHead numeric className="max-md:hidden">
            {t('columns.cached')}
          </TableHead>
          <TableHead numeric>{t('columns.output')}</TableHead>
          <TableHead numeric className="max-lg:hidden">
            {t('columns.context')}
          </TableHead>
          <TableHead numeric className="max-lg:hidden">
            {t('columns.maxOutput')}
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {models.map((model) => {
          const [first] = model.deployments
          const price = first?.price ?? null
          return (
            <TableRow key={model.id} className="relative">
              <TableCell className="max-w-72">
                <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
                  <Link
                    href={`${modelsHref}/${model.id}`}
                    className="min-w-0 truncate rounded-sm font-medium after:absolute after:inset-0 hover:underline"
                  >
                    {model.name}
                  </Link>
                  {model.isPriced ? null : <Badge tone="warning">{t('unpriced.badge')}</Badge>}
                </div>
              </TableCell>
              <TableCell className="max-w-72 max-md:hidden">
                <Answering model={model} />
              </TableCell>
              <RateCell usd={price?.inputUsd ?? null} isTiered={(price?.tiers.length ?? 0) > 0} />
              <RateCell usd={price && (price.cacheReadUsd ?? price.inputUsd)} className="text-muted max-md:hidden" />
              <RateCell usd={price?.outputUsd ?? null} isTiered={(price?.tiers.length ?? 0) > 0} />
              <TableCell numeric className="text-muted max-lg:hidden">
                {tokens(model.contextTokens)}
              </TableCell>
              <TableCell numeric className="text-muted max-lg:hidden">
                {tokens(model.maxOutputTokens)}
              </TableCell>
            </TableRow>
          )
        })}
      </TableBody>
    </Table>
  )
}

function Answering({ model }: { model: ModelFacts }) {
  const t = useTranslations('models')
  const [first, ...rest] = model.deployments
  if (!first) return <span className="text-faint">—</span>
  return (
    <span className="flex min-w-0 items-baseline gap-1.5">
      <span className="truncate">
        {first.providerName}
        {first.upstreamModel === model.name ? null : (
          <span className="text-muted">
            {' · '}
            {first.upstreamModel}
          </span>
        )}
      </span>
      {rest.length > 0 ? (
        <span
          title={rest.map(({ providerName, upstreamModel }) => `${providerName} · ${upstreamModel}`).join('\n')}
          className="shrink-0 text-muted text-xs"
        >
          {t('moreDeployments', { count: rest.length })}
        </span>
      ) : null}
    </span>
  )
}
