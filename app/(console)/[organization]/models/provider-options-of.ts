import type { ProviderOption } from '#components/models/model-facts.ts'
import type { ProviderView } from '#lib/providers/provider-view.ts'
import { findVendor } from '#lib/providers/vendors.ts'

export function providerOptionsOf(providers: ProviderView[]): ProviderOption[] {
  return providers.map(({ id, name, vendor: vendorId }) => {
    const vendor = findVendor(vendorId)
    return { id, name, vendorLabel: vendor?.label ?? vendorId, namesDeployments: vendor?.wire === 'azure' }
  })
}
