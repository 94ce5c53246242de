import type { Provider } from '../db/generated/client.ts'

/** A provider as people see it: of its credential only the last four characters. */
export interface ProviderView {
  id: string
  name: string
  vendor: string
  baseUrl: string
  credentialHint: string
  priority: number
  weight: number
  requestsPerMinute: number | null
  tokensPerMinute: number | null
  createdAt: Date
  updatedAt: Date
  disabledAt: Date | null
}

export function viewOfProvider(row: Provider): ProviderView {
  return {
    id: row.id,
    name: row.name,
    vendor: row.vendor,
    baseUrl: row.baseUrl,
    credentialHint: row.credentialHint,
    priority: row.priority,
    weight: row.weight,
    requestsPerMinute: row.requestsPerMinute,
    tokensPerMinute: row.tokensPerMinute,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    disabledAt: row.disabledAt,
  }
}
