import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { MembersWithoutFactor } from '#components/settings/members-without-factor.tsx'
import { RequireSecondFactor } from '#components/settings/require-second-factor.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { Section } from '#components/ui/section.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { getOrganization } from '#lib/organizations/get-organization.ts'
import { listWithoutSecondFactor } from '#lib/two-factor/list-without-second-factor.ts'
import { changeOrganizationAction } from '../change-organization-action.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings.secondFactor')
  return { title: t('title') }
}

export default async function SignInSettingsPage({ params }: { params: Promise<{ organization: string }> }) {
  const { organization: slug } = await params
  const member = await currentMember(slug)
  if (!roleMay(member.role, 'organization.change')) return <NoPermission />
  const [t, { requiresSecondFactor }, { without, memberCount }] = await Promise.all([
    getTranslations('settings.secondFactor'),
    getOrganization(member),
    listWithoutSecondFactor(member),
  ])
  return (
    <div className="grid gap-12">
      <PageTrail crumbs={[{ label: t('title') }]} />
      <Section title={t('title')} description={t('description')}>
        <RequireSecondFactor
          required={requiresSecondFactor}
          mayChange={roleMay(member.role, 'organization.require_second_factor')}
          change={changeOrganizationAction.bind(null, slug)}
        />
      </Section>
      <Section
        title={t('without.title')}
        description={t('without.description', { without: without.length, members: memberCount })}
      >
        <MembersWithoutFactor label={t('without.title')} members={without} />
      </Section>
    </div>
  )
}
