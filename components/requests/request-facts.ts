import type { UnitKind } from '#lib/core/units.ts'
import type { PriceFacts } from '../prices/price-facts.ts'

/** Tokens by class; null is unknown, which is not 0. */
export interface UsageFacts {
  inputTokens: number | null
  cachedTokens: number | null
  cacheWriteTokens: number | null
  outputTokens: number | null
  reasoningTokens: number | null
}

/** One upstream call. */
export interface AttemptFacts {
  provider: string
  /** Null: it never answered. */
  status: number | null
  error: string | null
  latencyMs: number
  /** Since the request came; null in rows that do not say. */
  startedMs: number | null
  /** The model that took over; null: the one that was asked. */
  takeOver: string | null
  /** It was sent and never answered: what it may have cost, which is part of the request's cost. */
  keptUsd: string | null
}

/** A part of what a request cost. */
export interface CostPart {
  class: 'fresh' | 'cacheRead' | 'cacheWrite' | 'answer' | 'reasoning' | 'request' | UnitKind
  /** Of tokens, or of whatever else it is paid by; null for what is paid by the request. */
  count: number | null
  rateUsd: string
  /** How many the rate pays for. */
  per: number
  costUsd: string
}

/** One gateway request as the console shows it. */
export interface RequestFacts extends UsageFacts {
  id: string
  /** ISO 8601. */
  at: string
  key: { id: string; name: string }
  project: { id: string; name: string }
  memberName: string | null
  model: string
  providerName: string | null
  dialect: string
  stream: boolean
  status: number
  errorCode: string | null
  costUsd: string
  reservedUsd: string
  overrunUsd: string
  estimated: boolean
  latencyMs: number
  firstTokenMs: number | null
  finishReason: string | null
  attempts: AttemptFacts[]
  /** The version that it was charged by. */
  price: PriceFacts | null
  /** How the cost came about; null when usage or price are not known. */
  parts: CostPart[] | null
  /** The long-context tier that it was charged in. */
  tierAbove: number | null
}
