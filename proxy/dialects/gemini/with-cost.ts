import { formatUsd, type Nanos } from '#lib/core/money.ts'
import { asRecord } from '../../json/as-record.ts'

/** Puts the cost beside the usage that is the last one; those before it pass as they are. */
export function withCost(value: unknown, costNanos: Nanos): unknown {
  const { candidates, usageMetadata } = asRecord(value)
  const isLast = Array.isArray(candidates) && candidates.some((candidate) => asRecord(candidate).finishReason != null)
  if (!isLast) return value
  return { ...asRecord(value), usageMetadata: { ...asRecord(usageMetadata), cost: formatUsd(costNanos) } }
}
