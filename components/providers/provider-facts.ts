import type { AddressForm } from '#lib/core/address-form.ts'
import type { Wire } from '#lib/core/dialects.ts'
import type { HealthFacts } from '../routing/routing-facts.ts'

/** A vendor that a provider may name. */
export interface VendorFacts {
  id: string
  label: string
  /** The vendor's own; null: every account has another. */
  baseUrl: string | null
  wire: Wire
  /** How such an address is put together; null: as its owner writes it. */
  place: AddressForm | null
  /** What its address may have in its query. */
  parameters: readonly string[]
  /** What its credential looks like where it is not one word. */
  credential: 'aws' | 'google' | null
}

/** An upstream account, as people see it. */
export interface ProviderFacts {
  id: string
  name: string
  vendor: VendorFacts
  baseUrl: string
  /** The last four characters of the API key; empty when it is too short to show any. */
  credentialHint: string
  priority: number
  weight: number
  requestsPerMinute: number | null
  tokensPerMinute: number | null
  /** Names of the models that it serves. */
  models: string[]
  /** Those of them that nobody else serves. */
  onlyHere: string[]
  /** Of its API key, as the gateways found it. */
  health: Pick<HealthFacts, 'state' | 'reason' | 'until'>
  /** ISO 8601; null: it takes calls. */
  disabledAt: string | null
}
