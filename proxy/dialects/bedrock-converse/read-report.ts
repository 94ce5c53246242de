import { asRecord } from '../../json/as-record.ts'
import { textOr } from '../../json/read-value.ts'
import { countsOf } from '../counts-of.ts'
import type { Report } from '../dialect.ts'

/** A stream states why it ended and then what it used. Input that was read from a cache or written to one stands beside. */
export function readReport(value: unknown): Report {
  const answer = asRecord(value)
  const reason = textOr(asRecord(answer.messageStop).stopReason, null) ?? textOr(answer.stopReason, null)
  return {
    ...readUsage(asRecord(answer.metadata).usage ?? answer.usage),
    finishReason: reason?.slice(0, 64) ?? null,
    failed: answer.type === 'error',
  }
}

function readUsage(reported: unknown): Pick<Report, 'usage' | 'broken'> {
  if (reported === null || reported === undefined) return { usage: null, broken: false }
  const { count, isBroken } = countsOf()
  const usage = asRecord(reported)
  const fresh = count(usage.inputTokens)
  const cached = count(usage.cacheReadInputTokens, usage.cacheReadInputTokenCount)
  const written = count(usage.cacheWriteInputTokens, usage.cacheWriteInputTokenCount)
  const inputTokens = fresh === null ? null : fresh + (cached ?? 0) + (written ?? 0)
  return {
    usage: {
      inputTokens,
      cachedTokens: cached,
      cacheWriteTokens: written,
      outputTokens: count(usage.outputTokens),
      reasoningTokens: null,
    },
    // A question without a single token was never asked.
    broken: isBroken() || inputTokens === 0,
  }
}
