'use client'

import { Download, Printer } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { ButtonLink } from '../ui/button-link.tsx'
import { Callout } from '../ui/callout.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { onlyWhenAsked } from '../ui/late.ts'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { useLate } from '../ui/use-late.ts'
import type { ClaimLinksFacts } from './class-facts.ts'

// Who sends the links needs no codes.
const sheetModule = onlyWhenAsked(() => import('./claim-sheet.tsx'))

interface ClaimLinksProps {
  links: ClaimLinksFacts
  organization: string
  membersHref: string
}

/** Shown once; leaving the page asks first. */
export function ClaimLinks({ links, organization, membersHref }: ClaimLinksProps) {
  const t = useTranslations('members.import')
  const [isPrinting, setPrinting] = useState(false)
  const sheet = useLate(sheetModule, isPrinting)
  const printed = useCallback(() => setPrinting(false), [])
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
        {/* In columns, as spreadsheets and mail merges take them. */}
        <CopyButton
          variant="secondary"
          label={t('copyAll')}
          value={links.rows.map(({ name, email, url }) => [name, email, url].join('\t')).join('\n')}
        />
        <Button onClick={() => setPrinting(true)}>
          <Printer />
          {t('print')}
        </Button>
        <ButtonLink variant="ghost" href={membersHref}>
          {t('toMembers')}
        </ButtonLink>
      </div>
      {isPrinting && sheet ? <sheet.ClaimSheet organization={organization} rows={links.rows} onDone={printed} /> : null}
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
                <CopyButton value={url} aria-label={t('copyLink', { name })} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  )
}
