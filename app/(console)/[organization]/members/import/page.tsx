import { FolderKanban } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ClassImport } from '#components/members/class-import.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { listProjects } from '#lib/projects/list-projects.ts'
import { importClassAction } from './import-class-action.ts'
import { previewClassAction } from './preview-class-action.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('members.import'))('title') }
}

export default async function ImportPage({ params }: { params: Promise<{ organization: string }> }) {
  const { organization } = await params
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'members.import')) return <NoPermission />
  const [projects, t, keys] = await Promise.all([
    listProjects(member),
    getTranslations('members.import'),
    getTranslations('keys.empty'),
  ])
  return (
    <div className="grid grid-cols-1 gap-8">
      <PageTrail crumbs={[{ label: t('title') }]} />
      <PageHeader title={t('title')} description={t('description')} />
      {projects.length > 0 ? (
        <ClassImport
          projects={projects.map(({ id, name }) => ({ id, name }))}
          organization={member.organization.name}
          membersHref={`/${organization}/members`}
          preview={previewClassAction.bind(null, organization)}
          importAll={importClassAction.bind(null, organization)}
        />
      ) : (
        <EmptyState
          icon={<FolderKanban />}
          title={keys('noProjectTitle')}
          description={keys('noProjectDescription')}
          action={
            <ButtonLink href={`/${organization}/projects/new`} variant="primary">
              {keys('newProject')}
            </ButtonLink>
          }
        />
      )}
    </div>
  )
}
