'use client'

import { useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Section } from '../ui/section.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import type { ClassPreviewFacts } from './class-facts.ts'

interface ClassPreviewProps {
  seen: ClassPreviewFacts
  pending: boolean
  onImport: () => void
}

/** What will be made, or each line that stands in the way. */
export function ClassPreview({ seen, pending, onImport }: ClassPreviewProps) {
  const t = useTranslations('members.import')
  const { students, problems } = seen
  if (problems.length > 0) {
    return (
      <Callout tone="danger" title={t('problemsTitle', { count: problems.length })}>
        <ul className="grid gap-1">
          {problems.map(({ line, code, text }) => (
            <li key={`${line} ${code} ${text}`}>
              {t('line', { line })} {t(`problems.${code}`, { text })}
            </li>
          ))}
        </ul>
      </Callout>
    )
  }
  return (
    <Section title={t('previewTitle', { count: students.length })} description={t('previewDescription')}>
      <Table label={t('title')}>
        <TableHeader>
          <TableRow>
            <TableHead>{t('columns.person')}</TableHead>
            <TableHead className="max-sm:hidden">{t('columns.project')}</TableHead>
            <TableHead className="max-md:hidden">{t('columns.models')}</TableHead>
            <TableHead numeric>{t('columns.cap')}</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {students.map((student) => (
            <TableRow key={student.line}>
              <TableCell className="max-w-64">
                <span className="flex min-w-0 items-center gap-2">
                  <span className="truncate font-medium">{student.name}</span>
                  {student.isKnown ? <Badge>{t('known')}</Badge> : null}
                </span>
                <span className="block truncate text-muted text-xs">{student.email}</span>
              </TableCell>
              <TableCell className="max-sm:hidden">{student.project}</TableCell>
              <TableCell className="max-w-56 truncate text-muted max-md:hidden">
                {student.models?.join(', ') ?? t('allModels')}
              </TableCell>
              <TableCell numeric>
                <Money usd={student.capUsd} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <div>
        <Button variant="primary" pending={pending} onClick={onImport}>
          {t('submit', { count: students.length })}
        </Button>
      </div>
    </Section>
  )
}
