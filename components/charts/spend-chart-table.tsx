'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import { Table, TableBody, TableCell, TableFooter, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { bucketLabel } from './bucket-label.ts'
import type { BucketInterval, SpendBucket, SpendSeries } from './spend-series.ts'
import { sumUsd } from './sum-usd.ts'

interface SpendChartTableProps {
  label: string
  series: readonly SpendSeries[]
  buckets: readonly SpendBucket[]
  interval: BucketInterval
  totalUsd: string
}

/** The chart as figures, newest first; as high as what it lies on. */
export function SpendChartTable({ label, series, buckets, interval, totalUsd }: SpendChartTableProps) {
  const t = useTranslations('ui.chart')
  const format = useFormatter()
  return (
    <Table label={label} maxHeight="100%">
      <TableHeader>
        <TableRow>
          <TableHead>{t(interval)}</TableHead>
          {series.map((entry) => (
            <TableHead key={entry.id} numeric>
              {entry.label}
            </TableHead>
          ))}
          <TableHead numeric>{t('total')}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {buckets.toReversed().map((bucket) => (
          <TableRow key={bucket.at}>
            <TableCell className="h-8 whitespace-nowrap py-1">
              <time dateTime={bucket.at}>{bucketLabel(format, bucket.at, interval, 'full')}</time>
            </TableCell>
            {series.map((entry) => (
              <TableCell key={entry.id} numeric className="h-8 py-1">
                <Money usd={bucket.amounts[entry.id] ?? '0'} />
              </TableCell>
            ))}
            <TableCell numeric className="h-8 py-1 font-medium">
              <Money usd={sumUsd(series.map((entry) => bucket.amounts[entry.id] ?? '0'))} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
      <TableFooter className="sticky bottom-0 bg-background">
        <TableRow>
          <TableCell className="h-9 py-1">{t('total')}</TableCell>
          {series.map((entry) => (
            <TableCell key={entry.id} numeric className="h-9 py-1">
              <Money usd={entry.totalUsd} />
            </TableCell>
          ))}
          <TableCell numeric className="h-9 py-1">
            <Money usd={totalUsd} />
          </TableCell>
        </TableRow>
      </TableFooter>
    </Table>
  )
}
