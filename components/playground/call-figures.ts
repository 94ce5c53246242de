/** What the gateway metered of one call. */
export interface CallFigures {
  status: number
  /** Null is unknown, which is not 0. */
  inputTokens: number | null
  outputTokens: number | null
  reasoningTokens: number | null
  costUsd: string
  /** The usage is the gateway's own count: the vendor did not get to say. */
  estimated: boolean
  latencyMs: number
  firstTokenMs: number | null
  finishReason: string | null
}
