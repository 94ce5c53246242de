import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ManagementKeys } from '#components/settings/management-keys.tsx'
import { OrganizationForm } from '#components/settings/organization-form.tsx'
import { RatesForm } from '#components/settings/rates-form.tsx'
import { RequireSecondFactor } from '#components/settings/require-second-factor.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Section } from '#components/ui/section.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { listManagementKeys } from '#lib/management-keys/list-management-keys.ts'
import { rolesFromHighest } from '#lib/members/refuse-higher-role.ts'
import { getOrganization } from '#lib/organizations/get-organization.ts'
import { gatewayBaseUrl } from '../../gateway-base-url.ts'
import { rateDraftOf } from '../../rate-draft-of.ts'
import { changeOrganizationAction } from './change-organization-action.ts'
import { changeRatesAction } from './change-rates-action.ts'
import { createManagementKeyAction } from './create-management-key-action.ts'
import { revokeManagementKeyAction } from './revoke-management-key-action.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('title') }
}

export default async function SettingsPage({ params }: { params: Promise<{ organization: string }> }) {
  const { organization: slug } = await params
  const member = await currentMember(slug)
  if (!roleMay(member.role, 'organization.change')) return <NoPermission />
  const t = await getTranslations('settings')
  const [organization, keys, gatewayUrl] = await Promise.all([
    getOrganization(member),
    listManagementKeys(member),
    gatewayBaseUrl(),
  ])
  const { name, timeZone, locale, pauseOnAnomaly, mailAlerts, requiresSecondFactor } = organization
  // A key can do no more than who makes it.
  const roles = rolesFromHighest.slice(rolesFromHighest.indexOf(member.role))
  return (
    <div className="grid grid-cols-1 gap-12">
      <PageHeader title={t('title')} description={t('description')} />
      <Section title={t('organization.title')}>
        <OrganizationForm
          organization={{ name, timeZone, locale, pauseOnAnomaly, mailAlerts, slug }}
          timeZones={['UTC', ...Intl.supportedValuesOf('timeZone')]}
          change={changeOrganizationAction.bind(null, slug)}
        />
      </Section>
      <Section title={t('rates.title')} description={t('rates.description')}>
        <RatesForm saved={rateDraftOf(organization)} change={changeRatesAction.bind(null, slug)} />
      </Section>
      <Section title={t('secondFactor.title')}>
        <RequireSecondFactor
          required={requiresSecondFactor}
          mayChange={roleMay(member.role, 'organization.require_second_factor')}
          change={changeOrganizationAction.bind(null, slug)}
        />
      </Section>
      <ManagementKeys
        keys={keys.map(({ id, name: keyName, hint, role, createdAt }) => ({
          id,
          name: keyName,
          hint,
          role,
          createdAt: createdAt.toISOString(),
          mayBeRevoked: roles.includes(role),
        }))}
        roles={roles}
        apiUrl={gatewayUrl.replace(/\/v1$/, '/api/v1')}
        actions={{
          create: createManagementKeyAction.bind(null, slug),
          revoke: revokeManagementKeyAction.bind(null, slug),
        }}
      />
    </div>
  )
}
