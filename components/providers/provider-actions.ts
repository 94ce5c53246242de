import type { ActionResult } from '../action-result.ts'

export interface ProviderInput {
  vendor: string
  name: string
  baseUrl: string
  /** Missing: the stored one stays. */
  apiKey?: string
  priority: number
  weight: number
  requestsPerMinute: number | null
  tokensPerMinute: number | null
}

/** A provider that is saved, or one that is about to be. */
export type ConnectionTarget = { providerId: string } | { vendor: string; baseUrl: string; apiKey: string }

export type ConnectionFault =
  | 'key'
  | 'path'
  | 'redirect'
  | 'limited'
  | 'vendor'
  | 'answer'
  | 'timeout'
  | 'private'
  | 'unreachable'

/** How a real call of the vendor went. */
export interface ConnectionReport {
  ok: boolean
  /** HTTP status of the vendor; null when it never answered. */
  status: number | null
  latencyMs: number
  models: string[]
  /** Null when all is well. */
  fault: ConnectionFault | null
}

/** The server's part; already bound to the organization. */
export interface ProviderActions {
  create: (input: ProviderInput & { apiKey: string }) => Promise<ActionResult<{ id: string }>>
  change: (id: string, input: Partial<ProviderInput> & { disabled?: boolean }) => Promise<ActionResult<{ id: string }>>
  test: (target: ConnectionTarget) => Promise<ActionResult<ConnectionReport>>
  remove: (id: string) => Promise<ActionResult<null>>
}
