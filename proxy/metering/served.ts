import type { Nanos } from '#lib/core/money.ts'
import type { ModelRequest } from '../dialects/dialect.ts'
import type { Deployment } from '../gateway.ts'

/** A request, where it went, and the most of each kind of token that was paid for in advance. */
export interface Served {
  request: ModelRequest
  deployment: Deployment
  allowed: { inputTokens: number; outputTokens: number }
  /** What attempts that were lost before may have cost: owed on top. */
  keptNanos: Nanos
  /** Pieces that may have been served without our seeing them. */
  missedPieces?: number
  /** How long its vendor was at it. */
  servingMs?: number
}
