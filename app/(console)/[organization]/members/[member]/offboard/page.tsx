import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { OffboardForm } from '#components/offboarding/offboard-form.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { formatUsd } from '#lib/core/money.ts'
import { listMembers } from '#lib/members/list-members.ts'
import { rolesFromHighest } from '#lib/members/refuse-higher-role.ts'
import { previewOffboarding } from '#lib/offboarding/preview-offboarding.ts'
import { orNotFound } from '../../../../or-not-found.ts'
import { offboardMemberAction } from './offboard-member-action.ts'

interface OffboardPageProps {
  params: Promise<{ organization: string; member: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('members.offboard'))('title') }
}

export default async function OffboardPage({ params }: OffboardPageProps) {
  const { organization, member: id } = await params
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'members.change')) return <NoPermission />
  const [view, members, t] = await Promise.all([
    orNotFound(previewOffboarding(member, id)),
    listMembers(member),
    getTranslations('members.offboard'),
  ])
  const rank = (role: (typeof rolesFromHighest)[number]) => rolesFromHighest.indexOf(role)
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-8">
      <PageTrail crumbs={[{ label: view.member.name }]} />
      <PageHeader title={t('heading', { name: view.member.name })} description={t('description')} />
      <OffboardForm
        facts={{
          name: view.member.name,
          keys: view.keys.map(({ id: keyId, name, projectName, status, spentNanos }) => ({
            id: keyId,
            name,
            projectName,
            status,
            spentUsd: formatUsd(spentNanos),
          })),
          budgets: view.budgets.map(({ id: budgetId, period, limitNanos, spentNanos }) => ({
            id: budgetId,
            period,
            limitUsd: formatUsd(limitNanos),
            spentUsd: formatUsd(spentNanos),
          })),
          managementKeys: view.managementKeys.map(({ name }) => name),
          // Nobody revokes what can do more than they.
          mayRevokeManagementKeys: view.managementKeys.every(({ role }) => rank(role) >= rank(member.role)),
          channels: view.channels,
          openAsks: view.openAsks,
          heirs: members
            .filter((other) => other.id !== view.member.id)
            .map((other) => ({ id: other.id, name: other.name, email: other.email })),
        }}
        membersHref={`/${organization}/members`}
        offboard={offboardMemberAction.bind(null, organization, view.member.id)}
      />
    </div>
  )
}
