/** Rates per million tokens, decimal USD; null takes the rate of the class that it is part of. */
export interface RateFacts {
  inputUsd: string
  outputUsd: string
  cacheReadUsd: string | null
  cacheWriteUsd: string | null
  reasoningUsd: string | null
}

/** One version of a price. */
export interface PriceFacts extends RateFacts {
  id: string
  source: 'catalogue' | 'override'
  perRequestUsd: string
  tiers: (RateFacts & { aboveInputTokens: number })[]
  /** ISO 8601. */
  effectiveFrom: string
}
