import { type Usage, unknownUsage } from '#lib/core/usage.ts'
import { asRecord } from '../../json/as-record.ts'
import type { Report } from '../dialect.ts'

/** No context window comes near it: beyond it a figure is a defect, not a size. */
const mostTokens = 100_000_000

/** The answer itself, or the event that holds it whole. */
export function readReport(value: unknown): Report {
  const event = asRecord(value)
  const response = asRecord(event.response ?? event)
  const { status, id, error, incomplete_details: details } = response
  const reason = status === 'incomplete' ? (asRecord(details).reason ?? status) : status
  return {
    ...readUsage(response.usage),
    finishReason: typeof reason === 'string' && event.type !== 'error' ? reason.slice(0, 64) : null,
    failed: event.type === 'error' || status === 'failed' || error != null,
    ...(typeof id === 'string' && { answerId: id }),
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
  const inputDetails = asRecord(usage.input_tokens_details)
  const input = count(usage.input_tokens)
  // A question without a single token was never asked.
  if (input === 0) broken = true
  const output = count(usage.output_tokens)
  const total = count(usage.total_tokens)
  const reasoning = count(asRecord(usage.output_tokens_details).reasoning_tokens)
  const beyondInput = total !== null && input !== null ? total - input : 0
  const found: Usage = {
    inputTokens: input,
    cachedTokens: atMost(count(inputDetails.cached_tokens), input),
    cacheWriteTokens: atMost(count(inputDetails.cache_write_tokens), input),
    // Some count the reasoning apart, in the total only.
    outputTokens: output === null ? null : Math.max(output, beyondInput),
    reasoningTokens: reasoning,
  }
  return { usage: found, broken }
}

function atMost(part: number | null, whole: number | null): number | null {
  return part !== null && whole !== null ? Math.min(part, whole) : part
}
