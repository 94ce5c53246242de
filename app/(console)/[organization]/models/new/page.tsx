import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { NewModelForm } from '#components/models/new-model-form.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { listProviders } from '#lib/providers/list-providers.ts'
import { createModelAction } from '../create-model-action.ts'
import { lookUpPriceAction } from '../look-up-price-action.ts'
import { providerOptionsOf } from '../provider-options-of.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('models.form')
  return { title: t('title') }
}

interface NewModelPageProps {
  params: Promise<{ organization: string }>
  searchParams: Promise<{ provider?: string | string[]; upstream?: string | string[] }>
}

export default async function NewModelPage({ params, searchParams }: NewModelPageProps) {
  const [{ organization }, search] = await Promise.all([params, searchParams])
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'models.change')) return <NoPermission />
  const t = await getTranslations('models.form')
  const providers = await listProviders(member)
  // The list says what to do first.
  if (providers.length === 0) redirect(`/${organization}/models`)
  return (
    <div className="grid max-w-2xl grid-cols-1 gap-8">
      <PageTrail crumbs={[{ label: t('title') }]} />
      <PageHeader title={t('title')} description={t('description')} />
      <NewModelForm
        providers={providerOptionsOf(providers)}
        initialProviderId={(providers.find(({ id }) => id === search.provider) ?? providers[0])?.id ?? ''}
        initialUpstreamModel={typeof search.upstream === 'string' ? search.upstream.slice(0, 200) : ''}
        modelsHref={`/${organization}/models`}
        providersHref={`/${organization}/providers`}
        create={createModelAction.bind(null, organization)}
        lookUpPrice={lookUpPriceAction.bind(null, organization)}
      />
    </div>
  )
}
