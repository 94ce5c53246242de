import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ManagementKeys } from '#components/settings/management-keys.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { listManagementKeys } from '#lib/management-keys/list-management-keys.ts'
import { rolesFromHighest } from '#lib/members/refuse-higher-role.ts'
import { gatewayBaseUrl } from '../../../gateway-base-url.ts'
import { createManagementKeyAction } from './create-management-key-action.ts'
import { revokeManagementKeyAction } from './revoke-management-key-action.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings.keys')
  return { title: t('title') }
}

export default async function ManagementKeysPage({ params }: { params: Promise<{ organization: string }> }) {
  const { organization: slug } = await params
  const member = await currentMember(slug)
  if (!roleMay(member.role, 'organization.change')) return <NoPermission />
  const [t, keys, gatewayUrl] = await Promise.all([
    getTranslations('settings.keys'),
    listManagementKeys(member),
    gatewayBaseUrl(),
  ])
  // A key can do no more than who makes it.
  const roles = rolesFromHighest.slice(rolesFromHighest.indexOf(member.role))
  return (
    <div className="grid grid-cols-1">
      <PageTrail crumbs={[{ label: t('title') }]} />
      <ManagementKeys
        keys={keys.map(({ id, name, hint, role, createdAt }) => ({
          id,
          name,
          hint,
          role,
          createdAt: createdAt.toISOString(),
          mayBeRevoked: roles.includes(role),
        }))}
        roles={roles}
        apiUrl={gatewayUrl.replace(/\/v1$/, '/api/v1')}
        referenceHref={`/${slug}/api-reference`}
        actions={{
          create: createManagementKeyAction.bind(null, slug),
          revoke: revokeManagementKeyAction.bind(null, slug),
        }}
      />
    </div>
  )
}
