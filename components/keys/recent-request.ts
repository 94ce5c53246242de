/** One request in a short list. */
export interface RecentRequest {
  id: string
  /** ISO 8601. */
  at: string
  model: string
  /** HTTP status as the caller saw it. */
  status: number
  errorCode: string | null
  /** Null: unknown. */
  inputTokens: number | null
  outputTokens: number | null
  costUsd: string
  latencyMs: number
  /** Its details; null where they cannot be seen. */
  href: string | null
}
