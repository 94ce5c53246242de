import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { NewOrganizationForm } from '#components/organizations/new-organization-form.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { listOwnOrganizations } from '#lib/auth/list-own-organizations.ts'
import { ConsoleShell } from '../../console-shell.tsx'
import { memberOfAccount } from '../../me/choose-member.ts'
import { createOrganizationAction } from './create-organization-action.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.newOrganization'))('title') }
}

export default async function NewOrganizationPage() {
  const member = await memberOfAccount()
  const [t, locale, organizations] = await Promise.all([
    getTranslations('settings.newOrganization'),
    getLocale(),
    listOwnOrganizations(member.userId),
  ])
  return (
    <ConsoleShell member={member} place="mine">
      {organizations.some(({ role }) => role === 'owner') ? (
        <div className="grid max-w-3xl grid-cols-1 gap-8">
          <PageTrail crumbs={[{ label: t('title') }]} />
          <PageHeader title={t('title')} description={t('description')} />
          <NewOrganizationForm
            initial={{ name: '', timeZone: member.organization.timeZone, locale }}
            timeZones={['UTC', ...Intl.supportedValuesOf('timeZone')]}
            create={createOrganizationAction}
          />
        </div>
      ) : (
        <NoPermission />
      )}
    </ConsoleShell>
  )
}
