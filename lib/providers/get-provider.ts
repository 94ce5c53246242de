import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { getProviderRow } from './get-provider-row.ts'
import { type ProviderView, viewOfProvider } from './provider-view.ts'

export async function getProvider(member: Member, id: string): Promise<ProviderView> {
  authorize(member, 'providers.read')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => viewOfProvider(await getProviderRow(tx, organizationId, id)))
}
