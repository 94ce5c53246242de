'use client'

import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Button } from '../ui/button.tsx'
import { ButtonLink } from '../ui/button-link.tsx'
import { Callout } from '../ui/callout.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import type { ClaimLinksFacts } from './class-facts.ts'

/** Shown once; leaving the page asks first. */
export function ClaimLinks({ links, membersHref }: { links: ClaimLinksFacts; membersHref: string }) {
  const t = useTranslations('members.import')
  useEffect(() => {
    const hold = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', hold)
    return () => window.removeEventListener('beforeunload', hold)
  }, [])
  const download = () => {
    const url = URL.createObjectURL(new Blob([links.csv], { type: 'text/csv;charset=utf-8' }))
    const anchor = document.createElement('a')
    anchor.href = url
    anchor.download = 'claim-links.csv'
    anchor.click()
    URL.revokeObjectURL(url)
  }
  return (
    <div className="grid grid-cols-1 gap-5">
      <Callout tone="positive" title={t('doneTitle', { count: links.rows.length })}>
        {t('doneDescription')}
      </Callout>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={download}>
          <Download />
          {t('download')}
        </Button>
        <ButtonLink href={membersHref}>{t('toMembers')}</ButtonLink>
      </div>
      <Table label={t('links')}>
        <TableHeader>
          <TableRow>
            <TableHead>{t('columns.person')}</TableHead>
            <TableHead className="max-md:hidden">{t('columns.link')}</TableHead>
            <TableHead className="w-12">
              <span className="sr-only">{t('columns.copy')}</span>
            </TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {links.rows.map(({ name, email, url }) => (
            <TableRow key={email}>
              <TableCell className="max-w-64">
                <span className="block truncate font-medium">{name}</span>
                <span className="block truncate text-muted text-xs">{email}</span>
              </TableCell>
              <TableCell className="max-w-80 truncate font-mono text-muted text-xs max-md:hidden">{url}</TableCell>
              <TableCell>
                <CopyButton value={url} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  )
}
