import { Boxes, Cable, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ModelsTable } from '#components/models/models-table.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { listModels } from '#lib/models/list-models.ts'
import { listProviders } from '#lib/providers/list-providers.ts'
import { modelFactsOf } from './model-facts-of.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('models')
  return { title: t('title') }
}

export default async function ModelsPage({ params }: { params: Promise<{ organization: string }> }) {
  const { organization } = await params
  const member = await currentMember(organization)
  const t = await getTranslations('models')
  const [models, providers] = await Promise.all([
    listModels(member),
    roleMay(member.role, 'providers.read') ? listProviders(member) : [],
  ])
  const mayChange = roleMay(member.role, 'models.change')
  const unpriced = models.filter((model) => !model.priced)
  const add = (
    <ButtonLink href={`/${organization}/models/new`} variant="primary">
      <Plus />
      {t('new')}
    </ButtonLink>
  )
  return (
    <div className="grid grid-cols-1 gap-8">
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={mayChange && models.length > 0 ? add : null}
      />
      {unpriced.length > 0 ? (
        <Callout tone="warning" title={t('unpriced.title', { count: unpriced.length })}>
          {t('unpriced.description', { count: unpriced.length })}
        </Callout>
      ) : null}
      {models.length > 0 ? (
        <div className="grid grid-cols-1 gap-3">
          <ModelsTable
            models={models.map((model) => modelFactsOf(model, providers))}
            modelsHref={`/${organization}/models`}
          />
          <p className="text-faint text-xs">{t('perMtok')}</p>
        </div>
      ) : !mayChange ? (
        <EmptyState icon={<Boxes />} title={t('empty.title')} description={t('empty.readOnly')} />
      ) : providers.length > 0 ? (
        <EmptyState icon={<Boxes />} title={t('empty.title')} description={t('empty.description')} action={add} />
      ) : (
        <EmptyState
          icon={<Cable />}
          title={t('empty.noProviderTitle')}
          description={t('empty.noProviderDescription')}
          action={
            <ButtonLink href={`/${organization}/providers?new=`} variant="primary">
              <Plus />
              {t('empty.noProviderAction')}
            </ButtonLink>
          }
        />
      )}
    </div>
  )
}
