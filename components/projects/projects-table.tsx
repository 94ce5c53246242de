import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { ResetsAt } from '../budgets/resets-at.tsx'
import { tightestOf } from '../budgets/tightest-of.ts'
import { ModelNames } from '../keys/model-names.tsx'
import { SpendBar } from '../ui/spend-bar.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import type { ProjectFacts } from './project-facts.ts'

interface ProjectsTableProps {
  projects: readonly ProjectFacts[]
  /** The path that the id of a project is added to. */
  basePath: string
}

export function ProjectsTable({ projects, basePath }: ProjectsTableProps) {
  const t = useTranslations('projects')
  const format = useFormatter()
  return (
    <Table label={t('title')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('columns.name')}</TableHead>
          <TableHead>{t('columns.spend')}</TableHead>
          <TableHead className="max-md:hidden">{t('columns.resets')}</TableHead>
          <TableHead className="max-lg:hidden">{t('columns.models')}</TableHead>
          <TableHead numeric>{t('columns.keys')}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {projects.map((project) => {
          const tightest = tightestOf(project.budgets)
          return (
            <TableRow key={project.id}>
              <TableCell className="max-w-64">
                <Link
                  href={`${basePath}/${project.id}`}
                  className="block truncate rounded-sm font-medium underline-offset-4 hover:underline"
                >
                  {project.name}
                </Link>
              </TableCell>
              <TableCell className="w-80 min-w-40">
                <SpendBar
                  spentUsd={tightest?.spentUsd ?? project.spentUsd}
                  reservedUsd={tightest?.reservedUsd}
                  limitUsd={tightest?.limitUsd ?? null}
                />
              </TableCell>
              <TableCell className="text-muted max-md:hidden">
                {tightest ? <ResetsAt at={tightest.resetsAt} bare /> : <span className="text-faint">—</span>}
              </TableCell>
              <TableCell className="max-w-56 truncate max-lg:hidden">
                <ModelNames models={project.models} />
              </TableCell>
              <TableCell numeric>{format.number(project.keyCount)}</TableCell>
            </TableRow>
          )
        })}
      </TableBody>
    </Table>
  )
}
