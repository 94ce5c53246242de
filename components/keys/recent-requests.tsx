import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import { Duration } from '../requests/duration.tsx'
import { RequestStatus } from '../requests/request-status.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import type { RecentRequest } from './recent-request.ts'

interface RecentRequestsProps {
  requests: readonly RecentRequest[]
  empty: { title: string; description: string }
}

/** The last few requests: when, what, how it ended, for how much. */
export function RecentRequests({ requests, empty }: RecentRequestsProps) {
  const t = useTranslations('keys.requests')
  const format = useFormatter()
  if (requests.length === 0) return <EmptyState size="compact" title={empty.title} description={empty.description} />
  const tokens = (count: number | null) => (count === null ? '—' : format.number(count))
  return (
    <Table label={t('label')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('time')}</TableHead>
          <TableHead>{t('model')}</TableHead>
          <TableHead>{t('status')}</TableHead>
          <TableHead numeric className="max-sm:hidden">
            {t('tokens')}
          </TableHead>
          <TableHead numeric className="max-md:hidden">
            {t('latency')}
          </TableHead>
          <TableHead numeric>{t('cost')}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {requests.map((request) => (
          <TableRow key={request.id}>
            <TableCell className="text-muted">
              {request.href ? (
                <Link href={request.href} className="rounded-sm underline-offset-4 hover:underline">
                  <Time at={request.at} />
                </Link>
              ) : (
                <Time at={request.at} />
              )}
            </TableCell>
            <TableCell className="max-w-40 truncate" title={request.model}>
              {request.model}
            </TableCell>
            <TableCell>
              <RequestStatus status={request.status} errorCode={request.errorCode} className="max-w-52" />
            </TableCell>
            <TableCell numeric className="text-muted max-sm:hidden">
              {tokens(request.inputTokens)} → {tokens(request.outputTokens)}
            </TableCell>
            <TableCell numeric className="text-muted max-md:hidden">
              <Duration ms={request.latencyMs} />
            </TableCell>
            <TableCell numeric>
              <Money usd={request.costUsd} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
