import type { Nanos } from '../core/money.ts'
import type { Units } from '../core/units.ts'

/** One gateway request as the console shows it. */
export interface RequestView {
  id: string
  createdAt: Date
  keyId: string
  keyName: string
  projectId: string
  projectName: string
  membershipId: string | null
  memberName: string | null
  /** As the caller wrote it. */
  model: string
  providerId: string | null
  providerName: string | null
  dialect: string
  stream: boolean
  /** HTTP status as the caller saw it; 499 when the caller left first. */
  status: number
  errorCode: string | null
  /** Null is unknown, which is not 0. */
  inputTokens: number | null
  cachedTokens: number | null
  cacheWriteTokens: number | null
  outputTokens: number | null
  reasoningTokens: number | null
  /** What was used besides tokens of text, by kind. */
  units: Units | null
  costNanos: Nanos
  reservedNanos: Nanos
  /** What the vendor reported beyond the reservation. */
  overrunNanos: Nanos
  /** The usage is ours, not the vendor's. */
  estimated: boolean
  latencyMs: number
  firstTokenMs: number | null
  finishReason: string | null
  /** Which version of the price it was charged by. */
  priceId: string | null
  attempts: AttemptView[]
}

/** One upstream call. */
export interface AttemptView {
  deploymentId: string
  providerId: string
  provider: string
  status: number | null
  error: string | null
  latencyMs: number
  /** Missing in rows of before there were retries. */
  model?: string
  /** Since the request came. */
  startedMs?: number
  fate?: 'unsent' | 'refused' | 'lost' | 'served'
  /** What a lost attempt may have cost; part of the request's cost. */
  keptUsd?: string | null
}
