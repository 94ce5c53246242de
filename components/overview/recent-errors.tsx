import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { RequestStatus } from '../requests/request-status.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'

export interface ErrorFacts {
  id: string
  /** ISO 8601. */
  at: string
  keyName: string
  model: string
  status: number
  code: string | null
  href: string
}

/** What failed lately; each line leads to its request. */
export function RecentErrors({ errors }: { errors: readonly ErrorFacts[] }) {
  const t = useTranslations('overview.errors')
  if (errors.length === 0) return <EmptyState size="compact" title={t('empty')} />
  return (
    <Table label={t('title')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('time')}</TableHead>
          <TableHead>{t('error')}</TableHead>
          <TableHead>{t('model')}</TableHead>
          <TableHead className="max-sm:hidden">{t('key')}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {errors.map((error) => (
          <TableRow key={error.id}>
            <TableCell className="text-muted">
              <Time at={error.at} />
            </TableCell>
            <TableCell>
              <Link href={error.href} className="rounded-sm underline-offset-4 hover:underline">
                <RequestStatus status={error.status} errorCode={error.code} />
              </Link>
            </TableCell>
            <TableCell className="max-w-40 truncate">{error.model}</TableCell>
            <TableCell className="max-w-40 truncate max-sm:hidden">{error.keyName}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
