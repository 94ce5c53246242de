import { formatUsd, type Nanos } from '#lib/core/money.ts'
import { asRecord } from '../../json/as-record.ts'

/** Puts the cost beside the usage that is the last one; the one at the beginning passes as it is. */
export function withCost(value: unknown, costNanos: Nanos): unknown {
  const event = asRecord(value)
  if (event.type !== 'message_delta') return value
  return { ...event, usage: { ...asRecord(event.usage), cost: formatUsd(costNanos) } }
}
