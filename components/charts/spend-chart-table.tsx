'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { Figure, type Unit } from '../figure.tsx'
import { Table, TableBody, TableCell, TableFooter, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { bucketLabel } from './bucket-label.ts'
import type { BucketInterval, SpendBucket, SpendSeries } from './spend-series.ts'
import { sumAmounts } from './sum-amounts.ts'

interface SpendChartTableProps {
  label: string
  series: readonly SpendSeries[]
  buckets: readonly SpendBucket[]
  interval: BucketInterval
  total: string
  unit: Unit
}

/** The chart as figures, newest first; as high as what it lies on. */
export function SpendChartTable({ label, series, buckets, interval, total, unit }: SpendChartTableProps) {
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
                <Figure amount={bucket.amounts[entry.id] ?? '0'} unit={unit} />
              </TableCell>
            ))}
            <TableCell numeric className="h-8 py-1 font-medium">
              <Figure
                amount={sumAmounts(
                  series.map((entry) => bucket.amounts[entry.id] ?? '0'),
                  unit,
                )}
                unit={unit}
              />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
      <TableFooter className="sticky bottom-0 bg-background">
        <TableRow>
          <TableCell className="h-9 py-1">{t('total')}</TableCell>
          {series.map((entry) => (
            <TableCell key={entry.id} numeric className="h-9 py-1">
              <Figure amount={entry.total} unit={unit} />
            </TableCell>
          ))}
          <TableCell numeric className="h-9 py-1">
            <Figure amount={total} unit={unit} />
          </TableCell>
        </TableRow>
      </TableFooter>
    </Table>
  )
}
