import type { Nanos } from '../core/money.ts'
import { Prisma } from '../db/generated/client.ts'

/** Sums over requests. Tokens that a vendor did not report count as 0. */
export interface UsageTotals {
  requests: number
  /** Ended as an error of the vendor or of ours; refusals (4xx) and callers that left are not errors. */
  errors: number
  inputTokens: number
  cachedTokens: number
  cacheWriteTokens: number
  outputTokens: number
  reasoningTokens: number
  costNanos: Nanos
}

export type UsageSums = Record<keyof UsageTotals, bigint>

/** The sums as columns, of u (as of `usageRows`). */
export const usageSums = Prisma.sql`
  coalesce(sum(u.requests), 0)::bigint AS requests,
  coalesce(sum(u.requests) FILTER (WHERE u.outcome = 'error'), 0)::bigint AS errors,
  coalesce(sum(u.input_tokens), 0)::bigint AS "inputTokens",
  coalesce(sum(u.cached_tokens), 0)::bigint AS "cachedTokens",
  coalesce(sum(u.cache_write_tokens), 0)::bigint AS "cacheWriteTokens",
  coalesce(sum(u.output_tokens), 0)::bigint AS "outputTokens",
  coalesce(sum(u.reasoning_tokens), 0)::bigint AS "reasoningTokens",
  coalesce(sum(u.cost_nanos), 0)::bigint AS "costNanos"`

/** The names of those columns. */
export const sumNames = Prisma.raw(
  '"requests", "errors", "inputTokens", "cachedTokens", "cacheWriteTokens", "outputTokens", "reasoningTokens", "costNanos"',
)

/** Money stays bigint; counts are far below 2^53. */
export function readTotals(sums: UsageSums): UsageTotals {
  return {
    requests: Number(sums.requests),
    errors: Number(sums.errors),
    inputTokens: Number(sums.inputTokens),
    cachedTokens: Number(sums.cachedTokens),
    cacheWriteTokens: Number(sums.cacheWriteTokens),
    outputTokens: Number(sums.outputTokens),
    reasoningTokens: Number(sums.reasoningTokens),
    costNanos: sums.costNanos,
  }
}

export function addTotals(rows: UsageTotals[]): UsageTotals {
  return rows.reduce(
    (sum, row) => ({
      requests: sum.requests + row.requests,
      errors: sum.errors + row.errors,
      inputTokens: sum.inputTokens + row.inputTokens,
      cachedTokens: sum.cachedTokens + row.cachedTokens,
      cacheWriteTokens: sum.cacheWriteTokens + row.cacheWriteTokens,
      outputTokens: sum.outputTokens + row.outputTokens,
      reasoningTokens: sum.reasoningTokens + row.reasoningTokens,
      costNanos: sum.costNanos + row.costNanos,
    }),
    noUsage,
  )
}

const noUsage: UsageTotals = {
  requests: 0,
  errors: 0,
  inputTokens: 0,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  costNanos: 0n,
}
