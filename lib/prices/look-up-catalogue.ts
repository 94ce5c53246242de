import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { getProviderRow } from '../providers/get-provider-row.ts'
import { findVendor } from '../providers/vendors.ts'
import { type CatalogueEntry, findInCatalogue } from './catalogue.ts'

/** What the price catalogue says of an upstream model at a provider, before a deployment is made of it. */
export async function lookUpCatalogue(
  member: Member,
  providerId: string,
  upstreamModel: string,
): Promise<CatalogueEntry | null> {
  authorize(member, 'models.change')
  const { organizationId } = member
  const provider = await inTenant(organizationId, (tx) => getProviderRow(tx, organizationId, providerId, 'providerId'))
  const vendor = findVendor(provider.vendor)
  return vendor ? findInCatalogue(vendor, provider.baseUrl, upstreamModel, new Date()) : null
}
