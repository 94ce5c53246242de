import { FolderKanban } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { NewKey } from '#components/keys/new-key.tsx'
import { noRates } from '#components/limits/rate-draft.ts'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { gatewayBaseUrl } from '../../../gateway-base-url.ts'
import { createKeyAction } from '../create-key-action.ts'
import { keyFormOptionsOf } from '../key-form-options-of.ts'

interface NewKeyPageProps {
  params: Promise<{ organization: string }>
  searchParams: Promise<{ project?: string }>
}

/** Most keys are for a person and a month; nobody wants a key that spends without end by accident. */
const usualCap = { id: 1, limitUsd: '10', period: 'month' } as const

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('keys.form'))('newTitle') }
}

export default async function NewKeyPage({ params, searchParams }: NewKeyPageProps) {
  const [{ organization }, search, t] = await Promise.all([params, searchParams, getTranslations('keys')])
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'keys.change')) return <NoPermission />
  const options = await keyFormOptionsOf(member)
  if (options.projects.length === 0) {
    return (
      <EmptyState
        icon={<FolderKanban />}
        titleAs="h1"
        title={t('empty.noProjectTitle')}
        description={t('empty.noProjectDescription')}
        action={
          <ButtonLink href={`/${organization}/projects/new`} variant="primary">
            {t('empty.newProject')}
          </ButtonLink>
        }
      />
    )
  }
  const only = options.projects.length === 1 ? options.projects[0] : undefined
  const project = options.projects.find(({ id }) => id === search.project) ?? only
  return (
    <div className="grid grid-cols-1 gap-8">
      <PageTrail crumbs={[{ label: t('form.newTitle') }]} />
      <PageHeader title={t('form.newTitle')} description={t('form.newDescription')} />
      <NewKey
        initial={{
          name: '',
          projectId: project?.id ?? '',
          memberEmail: '',
          models: [],
          caps: [usualCap],
          expiresOn: '',
          ...noRates,
          maxOutputTokens: '',
          allowedIps: '',
          tags: '',
        }}
        options={options}
        keysPath={`/${organization}/keys`}
        baseUrl={await gatewayBaseUrl()}
        create={createKeyAction.bind(null, organization)}
      />
    </div>
  )
}
