import type { UnitKind } from '#lib/core/units.ts'

/** Rates per million tokens, decimal USD; null takes the rate of the class that it is part of. */
export interface RateFacts {
  inputUsd: string
  outputUsd: string
  cacheReadUsd: string | null
  cacheWriteUsd: string | null
  reasoningUsd: string | null
}

/** What so many of something that is no token of text cost together. */
export interface UnitFacts {
  kind: UnitKind
  usd: string
  per: number
}

/** One version of a price. */
export interface PriceFacts extends RateFacts {
  id: string
  source: 'catalogue' | 'override'
  perRequestUsd: string
  units: UnitFacts[]
  tiers: (RateFacts & { aboveInputTokens: number })[]
  /** ISO 8601. */
  effectiveFrom: string
}
