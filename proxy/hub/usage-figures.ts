import { formatUsd } from '#lib/core/money.ts'
import type { Billed } from './hub.ts'

/** A bill in plain figures, for dialects that know no unknown. */
export function usageFigures({ usage, costNanos }: Billed) {
  const input = usage.inputTokens ?? 0
  const cached = usage.cachedTokens ?? 0
  const written = usage.cacheWriteTokens ?? 0
  return {
    input,
    cached,
    written,
    /** Neither read from a cache nor written to one. */
    fresh: Math.max(input - cached - written, 0),
    output: usage.outputTokens ?? 0,
    reasoning: usage.reasoningTokens ?? 0,
    cost: formatUsd(costNanos),
  }
}
