import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ProjectForm } from '#components/projects/project-form.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { listModels } from '#lib/models/list-models.ts'
import { getProject } from '#lib/projects/get-project.ts'
import { orNotFound } from '../../../../or-not-found.ts'
import { changeProjectAction } from '../../change-project-action.ts'
import { projectDraftOf } from '../../project-draft-of.ts'

interface EditProjectPageProps {
  params: Promise<{ organization: string; project: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('projects.detail'))('edit') }
}

export default async function EditProjectPage({ params }: EditProjectPageProps) {
  const [{ organization, project: id }, t] = await Promise.all([params, getTranslations('projects')])
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'projects.change')) return <NoPermission />
  const [project, models] = await Promise.all([orNotFound(getProject(member, id)), listModels(member)])
  const path = `/${organization}/projects`
  return (
    <div className="grid grid-cols-1 gap-8">
      <PageTrail crumbs={[{ label: project.name, href: `${path}/${id}` }, { label: t('detail.edit') }]} />
      <PageHeader title={t('form.editTitle', { name: project.name })} description={t('form.editDescription')} />
      <ProjectForm
        kind="edit"
        initial={projectDraftOf(project)}
        models={models.map(({ name }) => name)}
        projectsPath={path}
        cancelHref={`${path}/${id}`}
        save={changeProjectAction.bind(null, organization, id)}
      />
    </div>
  )
}
