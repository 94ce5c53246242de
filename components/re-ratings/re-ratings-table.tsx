import { useFormatter, useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import { Badge } from '../ui/badge.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import type { ReRatingFacts } from './re-rating-facts.ts'

interface ReRatingsTableProps {
  reRatings: readonly ReRatingFacts[]
}

/** What has been re-rated, by whom, and why. */
export function ReRatingsTable({ reRatings }: ReRatingsTableProps) {
  const t = useTranslations('reRatings')
  const format = useFormatter()
  if (reRatings.length === 0) return <EmptyState size="compact" title={t('history.empty')} />
  return (
    <Table label={t('history.title')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('history.at')}</TableHead>
          <TableHead className="max-md:hidden">{t('history.span')}</TableHead>
          <TableHead numeric>{t('requests')}</TableHead>
          <TableHead numeric>{t('difference')}</TableHead>
          <TableHead className="max-sm:hidden">{t('history.by')}</TableHead>
          <TableHead className="max-lg:hidden">{t('reason')}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {reRatings.map((one) => (
          <TableRow key={one.id}>
            <TableCell>
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <Time at={one.at} format="datetime" />
                {one.isFinished ? null : <Badge tone="warning">{t('history.unfinished')}</Badge>}
              </span>
            </TableCell>
            <TableCell className="max-md:hidden">
              <Time at={one.from} format="datetime" /> – <Time at={one.to} format="datetime" />
            </TableCell>
            <TableCell numeric>{format.number(one.requests)}</TableCell>
            <TableCell numeric>
              <Money usd={one.differenceUsd} style="exact" />
            </TableCell>
            <TableCell className="max-w-40 truncate max-sm:hidden">{one.madeBy}</TableCell>
            <TableCell className="max-w-56 truncate max-lg:hidden">{one.reason || '—'}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
