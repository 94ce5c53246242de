import type { Member } from '../auth/member.ts'
import { newId } from '../core/ids.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { readClock } from '../db/read-clock.ts'
import { type CatalogueEntry, findInCatalogue } from '../prices/catalogue.ts'
import { insertPrice } from '../prices/insert-price.ts'
import { getProviderRow } from '../providers/get-provider-row.ts'
import { findVendor } from '../providers/vendors.ts'
import type { DeploymentInput } from './model-fields.ts'

/**
 * Adds an upstream model to a model, with the prices that the catalogue has for it, and returns what the catalogue
 * knows. `param` is where the request names the provider.
 */
export async function insertDeployment(
  tx: Transaction,
  member: Member,
  modelId: string,
  input: DeploymentInput,
  param: string,
): Promise<CatalogueEntry | null> {
  const { organizationId } = member
  const provider = await getProviderRow(tx, organizationId, input.providerId, param)
  const deployment = await tx.deployment.create({ data: { ...input, id: newId(), organizationId, modelId } })
  const vendor = findVendor(provider.vendor)
  const entry = vendor ? findInCatalogue(vendor, provider.baseUrl, input.upstreamModel, await readClock(tx)) : null
  for (const { effectiveFrom, price } of entry?.versions ?? []) {
    await insertPrice(tx, member, {
      ...price,
      modelId,
      deploymentId: deployment.id,
      source: 'catalogue',
      effectiveFrom,
    })
  }
  return entry
}
