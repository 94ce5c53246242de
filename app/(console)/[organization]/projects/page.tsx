import { FolderKanban, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { ProjectsTable } from '#components/projects/projects-table.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { listProjects } from '#lib/projects/list-projects.ts'
import { projectFactsOf } from './project-facts-of.ts'

interface ProjectsPageProps {
  params: Promise<{ organization: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('projects'))('title') }
}

export default async function ProjectsPage({ params }: ProjectsPageProps) {
  const [{ organization }, t] = await Promise.all([params, getTranslations('projects')])
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'projects.read')) return <NoPermission />
  const projects = await listProjects(member)
  const path = `/${organization}/projects`
  const create = roleMay(member.role, 'projects.change') ? (
    <ButtonLink href={`${path}/new`} variant="primary">
      <Plus />
      {t('new')}
    </ButtonLink>
  ) : null
  return (
    <div className="grid grid-cols-1 gap-6">
      <LiveRefresh organization={organization} />
      <PageHeader title={t('title')} description={t('description')} actions={projects.length > 0 ? create : null} />
      {projects.length > 0 ? (
        <ProjectsTable projects={projects.map(projectFactsOf)} basePath={path} />
      ) : (
        <EmptyState
          icon={<FolderKanban />}
          title={t('empty.title')}
          description={t('empty.description')}
          action={create}
        />
      )}
    </div>
  )
}
