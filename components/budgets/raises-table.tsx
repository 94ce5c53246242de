'use client'

import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import { failureText } from '../failure-text.ts'
import { Money } from '../money.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import { toast } from '../ui/toast.ts'
import type { BudgetActions } from './budget-actions.ts'
import type { RaiseFacts } from './raise-facts.ts'

interface RaisesTableProps {
  raises: readonly RaiseFacts[]
  end: BudgetActions['endRaise'] | null
}

/** Raises that run and those that are over: who gave what, until when, and why. */
export function RaisesTable({ raises, end }: RaisesTableProps) {
  const t = useTranslations('budgets.raises')
  return (
    <Table label={t('title')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('budget')}</TableHead>
          <TableHead numeric>{t('amount')}</TableHead>
          <TableHead>{t('until')}</TableHead>
          <TableHead>{t('reason')}</TableHead>
          <TableHead>{t('givenBy')}</TableHead>
          <TableHead>
            <span className="sr-only">{t('end')}</span>
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {raises.map((raise) => (
          <TableRow key={raise.id}>
            <TableCell className="min-w-48">{raise.budgetName ?? t('gone')}</TableCell>
            <TableCell numeric>
              +<Money usd={raise.amountUsd} />
            </TableCell>
            <TableCell>
              {raise.isRunning ? (
                <span className="flex items-center gap-2">
                  <Badge tone="accent">{t('running')}</Badge>
                  <Time at={raise.until} format="datetime" />
                </span>
              ) : (
                <Time at={raise.endedAt ?? raise.until} format="datetime" className="text-muted" />
              )}
            </TableCell>
            <TableCell className="min-w-40 max-w-80 break-words text-muted">{raise.reason || '—'}</TableCell>
            <TableCell>{raise.givenBy}</TableCell>
            <TableCell numeric>{raise.isRunning && end ? <EndButton raise={raise} end={end} /> : null}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function EndButton({ raise, end }: { raise: RaiseFacts; end: BudgetActions['endRaise'] }) {
  const t = useTranslations('budgets.raises')
  const failed = useTranslations('console.failure')
  const [pending, start] = useTransition()
  const run = () =>
    start(async () => {
      const { failure } = await end(raise.id)
      if (failure) toast.error(failureText(failed, failure))
      else toast.success(t('ended'))
    })
  return (
    <Button size="sm" variant="ghost" pending={pending} onClick={run}>
      {t('end')}
    </Button>
  )
}
