import { formatUsd, type Nanos } from '#lib/core/money.ts'
import { asRecord } from '../../json/as-record.ts'

/** Puts the cost beside the usage in the event that holds the whole answer. */
export function withCost(value: unknown, costNanos: Nanos): unknown {
  const event = asRecord(value)
  const response = asRecord(event.response)
  if (response.usage == null) return value
  return { ...event, response: { ...response, usage: { ...asRecord(response.usage), cost: formatUsd(costNanos) } } }
}
