import { type Usage, unknownUsage } from '#lib/core/usage.ts'
import { asRecord } from '../../json/as-record.ts'
import type { Report } from '../dialect.ts'

/** No context window comes near it: beyond it a figure is a defect, not a size. */
const mostTokens = 100_000_000

/**
 * A stream states its usage twice, first as it begins and then as it has grown: `message_start` and `message_delta`.
 * Input that was read from a cache or written to one stands beside `input_tokens`, not within.
 */
export function readReport(value: unknown): Report {
  const { type, usage, message, delta, stop_reason: stopReason } = asRecord(value)
  const reason = type === 'message_delta' ? asRecord(delta).stop_reason : stopReason
  return {
    ...readUsage(type === 'message_start' ? asRecord(message).usage : usage),
    finishReason: typeof reason === 'string' ? reason.slice(0, 64) : null,
    failed: type === 'error',
  }
}

function readUsage(reported: unknown): Pick<Report, 'usage' | 'broken'> {
  if (reported === null || reported === undefined) return { usage: null, broken: false }
  if (typeof reported !== 'object') return { usage: unknownUsage, broken: true }

  let broken = false
  const count = (figure: unknown): number | null => {
    if (figure === null || figure === undefined) return null
    if (typeof figure === 'number' && Number.isInteger(figure) && figure >= 0 && figure <= mostTokens) return figure
    broken = true
    return null
  }

  const usage = asRecord(reported)
  const fresh = count(usage.input_tokens)
  const cached = count(usage.cache_read_input_tokens)
  const lifetimes = asRecord(usage.cache_creation)
  const short = count(lifetimes.ephemeral_5m_input_tokens)
  const long = count(lifetimes.ephemeral_1h_input_tokens)
  const written = count(usage.cache_creation_input_tokens) ?? sum(short, long)
  // More than was written at all was not written.
  const kept = long === null || written === null ? 0 : Math.min(long, written)
  const found: Usage = {
    // A beginning that knows no input yet says 0 of it; no question is empty.
    inputTokens: fresh === null ? null : sum(fresh, cached, written) || null,
    cachedTokens: cached,
    cacheWriteTokens: written,
    outputTokens: count(usage.output_tokens),
    reasoningTokens: count(asRecord(usage.output_tokens_details).reasoning_tokens),
    // That it is none is worth saying where something was written: silence means that nobody knows.
    ...(long !== null && written !== null && written > 0 && { units: { hour_cache_write_token: kept } }),
  }
  return { usage: found, broken }
}

function sum(...figures: (number | null)[]): number | null {
  const known = figures.filter((figure) => figure !== null)
  return known.length === 0 ? null : known.reduce((total, figure) => total + figure, 0)
}
