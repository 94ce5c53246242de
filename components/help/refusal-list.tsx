import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { type RefusalCode, refusalCodes } from './refusal-codes.ts'

/** All refusals; each leads to what to do. */
export function RefusalList({ helpHref }: { helpHref: string }) {
  const t = useTranslations('help')
  return (
    <Table label={t('codes.title')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('codes.status')}</TableHead>
          <TableHead>{t('codes.code')}</TableHead>
          <TableHead className="max-sm:hidden">{t('codes.meaning')}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {(Object.entries(refusalCodes) as [RefusalCode, number][]).map(([code, status]) => (
          <TableRow key={code}>
            <TableCell className="w-24 text-muted">{status}</TableCell>
            <TableCell>
              <Link
                href={`${helpHref}/${code}`}
                className="rounded-sm font-mono text-accent-text text-xs underline-offset-4 hover:underline"
              >
                {code}
              </Link>
            </TableCell>
            <TableCell className="max-sm:hidden">{t(`code.${code}.title`)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
