import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { noRates } from '#components/limits/rate-draft.ts'
import { ProjectForm } from '#components/projects/project-form.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { listModels } from '#lib/models/list-models.ts'
import { createProjectAction } from '../create-project-action.ts'

interface NewProjectPageProps {
  params: Promise<{ organization: string }>
}

/** A share that lasts a while and hurts nobody while one finds out what is needed. */
const usualCap = { id: 1, limitUsd: '100', period: 'month' } as const

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('projects.form'))('newTitle') }
}

export default async function NewProjectPage({ params }: NewProjectPageProps) {
  const [{ organization }, t] = await Promise.all([params, getTranslations('projects.form')])
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'projects.change')) return <NoPermission />
  const models = await listModels(member)
  const path = `/${organization}/projects`
  return (
    <div className="grid grid-cols-1 gap-8">
      <PageTrail crumbs={[{ label: t('newTitle') }]} />
      <PageHeader title={t('newTitle')} description={t('newDescription')} />
      <ProjectForm
        kind="new"
        initial={{ name: '', models: [], caps: [usualCap], ...noRates }}
        models={models.map(({ name }) => name)}
        projectsPath={path}
        cancelHref={path}
        save={createProjectAction.bind(null, organization)}
      />
    </div>
  )
}
