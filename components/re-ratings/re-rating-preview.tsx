'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import { Callout } from '../ui/callout.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import type { PreviewFacts, ShareFacts } from './re-rating-facts.ts'

/** What a re-rating would change: in all, for each key and project, and which budgets it would use up. */
export function ReRatingPreview({ preview }: { preview: PreviewFacts }) {
  const t = useTranslations('reRatings')
  const budgets = useTranslations('console.budget')
  if (preview.requests === 0) {
    return <Callout>{preview.leftAlone > 0 ? t('onlyLeftAlone', { count: preview.leftAlone }) : t('nothing')}</Callout>
  }
  return (
    <>
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        <Figure label={t('was')} usd={preview.oldUsd} />
        <Figure label={t('becomes')} usd={preview.newUsd} />
        <Figure label={t('difference')} usd={preview.differenceUsd} />
        <div>
          <dt className="text-muted text-sm">{t('requests')}</dt>
          <dd className="font-semibold text-lg tabular-nums">
            <Count value={preview.requests} />
          </dd>
        </div>
      </dl>
      {preview.leftAlone > 0 ? (
        <p className="text-muted text-sm">{t('leftAlone', { count: preview.leftAlone })}</p>
      ) : null}
      {preview.usedUp.length > 0 ? (
        <Callout tone="warning" title={t('usedUp', { count: preview.usedUp.length })}>
          <ul>
            {preview.usedUp.map((budget) => (
              <li key={budget.id}>
                {budget.scope === 'key'
                  ? budget.scopeName
                  : budgets(`scopes.${budget.scope}`, { name: budget.scopeName })}{' '}
                · {budgets(`names.${budget.period}`)}: <Money usd={budget.newSpentUsd} /> /{' '}
                <Money usd={budget.limitUsd} />
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
      <Shares label={t('byKey')} shares={preview.keys} />
      <Shares label={t('byProject')} shares={preview.projects} />
    </>
  )
}

function Figure({ label, usd }: { label: string; usd: string }) {
  return (
    <div>
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="font-semibold text-lg">
        <Money usd={usd} style="exact" />
      </dd>
    </div>
  )
}

function Count({ value }: { value: number }) {
  return useFormatter().number(value)
}

function Shares({ label, shares }: { label: string; shares: readonly ShareFacts[] }) {
  const t = useTranslations('reRatings')
  return (
    <div className="grid grid-cols-1 gap-2">
      <h3 className="font-medium text-sm">{label}</h3>
      <Table label={label} maxHeight="24rem">
        <TableHeader>
          <TableRow>
            <TableHead>{t('name')}</TableHead>
            <TableHead numeric className="max-sm:hidden">
              {t('requests')}
            </TableHead>
            <TableHead numeric>{t('was')}</TableHead>
            <TableHead numeric>{t('becomes')}</TableHead>
            <TableHead numeric>{t('difference')}</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {shares.map((share) => (
            <TableRow key={share.id}>
              <TableCell className="max-w-56 truncate">{share.name}</TableCell>
              <TableCell numeric className="max-sm:hidden">
                <Count value={share.requests} />
              </TableCell>
              <TableCell numeric>
                <Money usd={share.oldUsd} />
              </TableCell>
              <TableCell numeric>
                <Money usd={share.newUsd} />
              </TableCell>
              <TableCell numeric>
                <Money usd={share.differenceUsd} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  )
}
