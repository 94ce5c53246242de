import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { Figure, type Unit } from '../figure.tsx'
import { cn } from '../ui/cn.ts'
import { Table, TableBody, TableCell, TableFooter, TableHead, TableHeader, TableRow } from '../ui/table.tsx'

export interface UsageBreakdownRow {
  id: string
  label: string
  href: string | null
  total: string
  /** Of the whole, 0 to 1. */
  share: number
  previous: string
  /** As a ratio; null: nothing then to compare with. */
  change: number | null
}

interface UsageBreakdownProps {
  label: string
  groupLabel: string
  rows: readonly UsageBreakdownRow[]
  unit: Unit
  total: string
  previousTotal: string
  change: number | null
  compare: boolean
}

/** The groups in figures, the largest first, with their share and what they were before. */
export function UsageBreakdown({ label, groupLabel, rows, unit, compare, ...sums }: UsageBreakdownProps) {
  const t = useTranslations('usage.breakdown')
  const format = useFormatter()
  return (
    <Table label={label}>
      <TableHeader>
        <TableRow>
          <TableHead>{groupLabel}</TableHead>
          <TableHead numeric>{t('total')}</TableHead>
          <TableHead numeric className={shareStyle(compare)}>
            {t('share')}
          </TableHead>
          {compare ? (
            <>
              <TableHead numeric className="max-sm:hidden">
                {t('previous')}
              </TableHead>
              <TableHead numeric>{t('change')}</TableHead>
            </>
          ) : null}
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableCell className="h-9 max-w-80 truncate py-1">
              {row.href ? (
                <Link href={row.href} className="rounded-sm underline-offset-4 hover:underline">
                  {row.label}
                </Link>
              ) : (
                row.label
              )}
            </TableCell>
            <TableCell numeric className="h-9 py-1 font-medium">
              <Figure amount={row.total} unit={unit} />
            </TableCell>
            <TableCell numeric className={cn('h-9 py-1 text-muted', shareStyle(compare))}>
              {format.number(row.share, { style: 'percent', maximumFractionDigits: 1 })}
            </TableCell>
            {compare ? (
              <>
                <TableCell numeric className="h-9 py-1 text-muted max-sm:hidden">
                  <Figure amount={row.previous} unit={unit} />
                </TableCell>
                <TableCell numeric className="h-9 py-1">
                  <Change ratio={row.change} />
                </TableCell>
              </>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
      <TableFooter>
        <TableRow>
          <TableCell>{t('total')}</TableCell>
          <TableCell numeric>
            <Figure amount={sums.total} unit={unit} />
          </TableCell>
          <TableCell className={shareStyle(compare)} />
          {compare ? (
            <>
              <TableCell numeric className="max-sm:hidden">
                <Figure amount={sums.previousTotal} unit={unit} />
              </TableCell>
              <TableCell numeric>
                <Change ratio={sums.change} />
              </TableCell>
            </>
          ) : null}
        </TableRow>
      </TableFooter>
    </Table>
  )
}

/** A phone has room for the share or for the change. */
function shareStyle(compare: boolean): string | undefined {
  return compare ? 'max-sm:hidden' : undefined
}

function Change({ ratio }: { ratio: number | null }) {
  const t = useTranslations('ui.delta')
  const format = useFormatter()
  if (ratio === null) return <span className="text-muted">{t('new')}</span>
  const Icon = ratio > 0 ? ArrowUpRight : ratio < 0 ? ArrowDownRight : ArrowRight
  return (
    <span className="inline-flex items-center gap-0.5 text-muted">
      <Icon aria-hidden="true" className="size-3.5" />
      {format.number(ratio, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' })}
    </span>
  )
}
