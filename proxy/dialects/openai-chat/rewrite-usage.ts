import { formatUsd, type Nanos } from '#lib/core/money.ts'
import { asRecord } from '../../json/as-record.ts'

/** Puts the cost beside the tokens; a cost that the vendor wrote there is the lab's affair, not the caller's. */
export function withCost(value: unknown, costNanos: Nanos): unknown {
  const chunk = asRecord(value)
  const usage = chunk.usage ?? asRecord(chunk.x_groq).usage
  return { ...chunk, usage: { ...asRecord(usage), cost: formatUsd(costNanos) } }
}

/** Null when the usage was all that the chunk was for. */
export function withoutUsage(value: unknown): unknown {
  const { usage: _usage, x_groq: groq, ...chunk } = asRecord(value)
  if (Array.isArray(chunk.choices) && chunk.choices.length === 0 && chunk.error == null) return null
  if (groq === undefined) return chunk
  const { usage: _groqUsage, ...rest } = asRecord(groq)
  return { ...chunk, x_groq: rest }
}
