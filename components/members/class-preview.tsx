'use client'

import { CircleAlert, CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { cn } from '../ui/cn.ts'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import type { ClassPreviewFacts } from './class-facts.ts'

interface ClassPreviewProps {
  seen: ClassPreviewFacts
  /** The list, for lines that nobody could be read from. */
  csv: string
  pending: boolean
  onBack: () => void
  onImport: () => void
}

/** What will be made, line by line; what stands in the way is marked where it stands. */
export function ClassPreview({ seen, csv, pending, onBack, onImport }: ClassPreviewProps) {
  const t = useTranslations('members.import')
  const { students, problems } = seen
  const texts = csv.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const byLine = new Map(students.map((student) => [student.line, student]))
  const lines = [...new Set([...byLine.keys(), ...problems.map(({ line }) => line)])].sort((a, b) => a - b)
  const isReady = problems.length === 0
  return (
    <div className="grid grid-cols-1 gap-5">
      {isReady ? (
        <Callout tone="positive" title={t('previewTitle', { count: students.length })}>
          {t('previewDescription')}
        </Callout>
      ) : (
        <Callout tone="danger" title={t('problemsTitle', { count: problems.length })}>
          {t('problemsDescription')}
        </Callout>
      )}
      <Table label={t('steps.check')}>
        <TableHeader>
          <TableRow>
            <TableHead numeric className="w-12">
              {t('columns.line')}
            </TableHead>
            <TableHead>{t('columns.person')}</TableHead>
            <TableHead className="max-sm:hidden">{t('columns.project')}</TableHead>
            <TableHead className="max-md:hidden">{t('columns.models')}</TableHead>
            <TableHead className="max-lg:hidden">{t('columns.expires')}</TableHead>
            <TableHead numeric>{t('columns.cap')}</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {lines.map((line) => {
            const student = byLine.get(line)
            const found = problems.filter((problem) => problem.line === line)
            const isWrong = found.length > 0
            return (
              <TableRow key={line} className={cn(isWrong && 'bg-danger-soft')}>
                <TableCell numeric className="text-muted">
                  {line}
                </TableCell>
                <TableCell colSpan={student ? 1 : 5} className="max-w-64">
                  <span className="flex min-w-0 items-start gap-2">
                    {isWrong ? (
                      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger-text" />
                    ) : (
                      <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-positive-text" />
                    )}
                    <span className="grid min-w-0 gap-0.5">
                      {student ? (
                        <>
                          <span className="flex min-w-0 items-center gap-2">
                            <span className="truncate font-medium">{student.name}</span>
                            {student.isKnown ? <Badge>{t('known')}</Badge> : null}
                          </span>
                          <span className="block truncate text-muted text-xs">{student.email}</span>
                        </>
                      ) : (
                        <code className="truncate font-mono text-xs">{texts[line - 1] || t('emptyLine')}</code>
                      )}
                      {found.map(({ code, text }) => (
                        <span key={`${code} ${text}`} className="whitespace-normal text-danger-text text-xs">
                          {t(`problems.${code}`, { text })}
                        </span>
                      ))}
                    </span>
                  </span>
                </TableCell>
                {student ? (
                  <>
                    <TableCell className="max-sm:hidden">{student.project}</TableCell>
                    <TableCell className="max-w-56 truncate text-muted max-md:hidden">
                      {student.models?.join(', ') ?? t('allModels')}
                    </TableCell>
                    <TableCell className="text-muted max-lg:hidden">
                      <Time at={student.expiresAt} format="date" />
                    </TableCell>
                    <TableCell numeric>
                      <Money usd={student.capUsd} />
                    </TableCell>
                  </>
                ) : null}
              </TableRow>
            )
          })}
        </TableBody>
      </Table>
      <div className="flex flex-wrap items-center gap-2">
        <Button variant={isReady ? undefined : 'primary'} disabled={pending} onClick={onBack}>
          {t('back')}
        </Button>
        {isReady ? (
          <Button variant="primary" pending={pending} onClick={onImport}>
            {t('submit', { count: students.length })}
          </Button>
        ) : null}
        <span role="status" className="text-muted text-sm">
          {pending ? t('making', { count: students.length }) : null}
        </span>
      </div>
    </div>
  )
}
