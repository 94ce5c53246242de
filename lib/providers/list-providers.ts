import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type ProviderView, viewOfProvider } from './provider-view.ts'

/** In the order in which a route tries them. */
export async function listProviders(member: Member): Promise<ProviderView[]> {
  authorize(member, 'providers.read')
  const { organizationId } = member
  const rows = await inTenant(organizationId, (tx) =>
    tx.provider.findMany({
      where: { organizationId, archivedAt: null },
      orderBy: [{ priority: 'asc' }, { weight: 'desc' }, { name: 'asc' }],
    }),
  )
  return rows.map(viewOfProvider)
}
