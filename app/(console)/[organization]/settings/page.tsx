import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { OrganizationForm } from '#components/settings/organization-form.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { Section } from '#components/ui/section.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { getOrganization } from '#lib/organizations/get-organization.ts'
import { changeOrganizationAction } from './change-organization-action.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('title') }
}

export default async function SettingsPage({ params }: { params: Promise<{ organization: string }> }) {
  const { organization: slug } = await params
  const member = await currentMember(slug)
  if (!roleMay(member.role, 'organization.change')) return <NoPermission />
  const [t, organization] = await Promise.all([getTranslations('settings'), getOrganization(member)])
  const { name, timeZone, locale, pauseOnAnomaly, mailAlerts } = organization
  return (
    <Section title={t('organization.title')}>
      <OrganizationForm
        organization={{ name, timeZone, locale, pauseOnAnomaly, mailAlerts, slug }}
        timeZones={['UTC', ...Intl.supportedValuesOf('timeZone')]}
        change={changeOrganizationAction.bind(null, slug)}
      />
    </Section>
  )
}
