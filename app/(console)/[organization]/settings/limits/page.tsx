import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { RatesForm } from '#components/settings/rates-form.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { Section } from '#components/ui/section.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { getOrganization } from '#lib/organizations/get-organization.ts'
import { rateDraftOf } from '../../../rate-draft-of.ts'
import { changeRatesAction } from './change-rates-action.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings.rates')
  return { title: t('title') }
}

export default async function LimitsPage({ params }: { params: Promise<{ organization: string }> }) {
  const { organization: slug } = await params
  const member = await currentMember(slug)
  if (!roleMay(member.role, 'organization.change')) return <NoPermission />
  const [t, organization] = await Promise.all([getTranslations('settings.rates'), getOrganization(member)])
  return (
    <Section title={t('title')} description={t('description')}>
      <PageTrail crumbs={[{ label: t('title') }]} />
      <RatesForm saved={rateDraftOf(organization)} change={changeRatesAction.bind(null, slug)} />
    </Section>
  )
}
