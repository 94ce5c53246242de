import { KeyRound, Pencil, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { BudgetList } from '#components/budgets/budget-list.tsx'
import { SpendChart } from '#components/charts/spend-chart.tsx'
import { KeysTable } from '#components/keys/keys-table.tsx'
import { hasRates } from '#components/limits/has-rates.ts'
import { RateList } from '#components/limits/rate-list.tsx'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { ArchiveProject } from '#components/projects/archive-project.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { DateRange } from '#components/ui/date-range.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { parseRange } from '#components/ui/ranges.ts'
import { Section } from '#components/ui/section.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { listKeys } from '#lib/keys/list-keys.ts'
import { getProject } from '#lib/projects/get-project.ts'
import { keyFactsOf } from '../../../key-facts-of.ts'
import { orNotFound } from '../../../or-not-found.ts'
import { readSpendChart } from '../../../usage/read-spend-chart.ts'
import { usageWindow } from '../../../usage/usage-window.ts'
import { budgetActionsOf } from '../../budgets/budget-actions-of.ts'
import { keyActionsOf } from '../../keys/key-actions-of.ts'
import { archiveProjectAction } from '../archive-project-action.ts'
import { projectFactsOf } from '../project-facts-of.ts'

interface ProjectPageProps {
  params: Promise<{ organization: string; project: string }>
  searchParams: Promise<{ range?: string }>
}

const keyCount = 10

export async function generateMetadata({ params }: ProjectPageProps): Promise<Metadata> {
  const { organization, project } = await params
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'projects.read')) return {}
  return { title: (await orNotFound(getProject(member, project))).name }
}

export default async function ProjectPage({ params, searchParams }: ProjectPageProps) {
  const [{ organization, project: id }, search, t, tChart] = await Promise.all([
    params,
    searchParams,
    getTranslations('projects'),
    getTranslations('ui.chart'),
  ])
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'projects.read')) return <NoPermission />
  const project = projectFactsOf(await orNotFound(getProject(member, id)))
  const window = usageWindow(parseRange(search.range), member.organization.timeZone)
  const [chart, keys] = await Promise.all([
    readSpendChart(member, window, 'key', { other: tChart('other'), removed: '—' }, { projectId: id }),
    listKeys(member, { projectId: id, sort: 'spent', limit: keyCount }),
  ])
  const mayChange = roleMay(member.role, 'projects.change')
  const actions = keyActionsOf(member)
  const path = `/${organization}/projects/${id}`
  const newKeyHref = `/${organization}/keys/new?project=${id}`
  return (
    <div className="grid grid-cols-1 gap-10">
      <LiveRefresh organization={organization} />
      <PageTrail crumbs={[{ label: project.name }]} />
      <PageHeader
        title={project.name}
        description={t('keyCount', { count: project.keyCount })}
        actions={
          mayChange ? (
            <>
              <ArchiveProject
                name={project.name}
                projectsPath={`/${organization}/projects`}
                archive={archiveProjectAction.bind(null, organization, id)}
              />
              <ButtonLink href={`${path}/edit`}>
                <Pencil />
                {t('detail.edit')}
              </ButtonLink>
              <ButtonLink href={newKeyHref} variant="primary">
                <Plus />
                {t('detail.newKey')}
              </ButtonLink>
            </>
          ) : null
        }
      />
      <Section title={t('detail.budgets')}>
        {project.budgets.length > 0 ? (
          <BudgetList budgets={project.budgets} label={t('detail.budgets')} actions={budgetActionsOf(member)} />
        ) : (
          <Callout
            tone="warning"
            action={
              mayChange ? (
                <ButtonLink href={`${path}/edit`} size="sm">
                  {t('detail.setLimit')}
                </ButtonLink>
              ) : null
            }
          >
            {t('detail.noBudget')}
          </Callout>
        )}
      </Section>
      {hasRates(project.rates) ? (
        <Section title={t('detail.rates')}>
          <p className="text-sm tabular-nums">
            <RateList rates={project.rates} />
          </p>
        </Section>
      ) : null}
      <Section title={t('detail.usage')}>
        <SpendChart
          {...chart}
          label={t('detail.usageLabel', { name: project.name })}
          controls={<DateRange />}
          heightPx={220}
        />
      </Section>
      <Section
        title={t('detail.keys')}
        actions={
          <ButtonLink href={`/${organization}/keys?project=${id}`} variant="link">
            {t('detail.allKeys')}
          </ButtonLink>
        }
      >
        {keys.rows.length > 0 ? (
          <KeysTable
            keys={keys.rows.map(keyFactsOf)}
            basePath={`/${organization}/keys`}
            sort={null}
            withProject={false}
            actions={actions}
          />
        ) : (
          <EmptyState
            size="compact"
            icon={<KeyRound />}
            title={t('detail.noKeys')}
            description={t('detail.noKeysDescription')}
            action={actions ? <ButtonLink href={newKeyHref}>{t('detail.newKey')}</ButtonLink> : null}
          />
        )}
      </Section>
      <Section title={t('detail.models')}>
        {project.models === null ? (
          <p className="text-muted text-sm">{t('detail.modelsAll')}</p>
        ) : project.models.length === 0 ? (
          <Callout tone="warning">{t('detail.modelsNone')}</Callout>
        ) : (
          <ul className="flex flex-wrap gap-1.5">
            {project.models.map((model) => (
              <li key={model} className="min-w-0">
                <Badge>{model}</Badge>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </div>
  )
}
