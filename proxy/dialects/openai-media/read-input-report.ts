import { asRecord } from '../../json/as-record.ts'
import { countsOf } from '../counts-of.ts'
import type { Report } from '../dialect.ts'

/** The usage of what writes nothing: all of it is input. Some vendors name only the total. */
export function readInputReport(value: unknown): Report {
  const answer = asRecord(value)
  const { usage } = answer
  const end = { finishReason: null, failed: answer.error != null }
  if (usage === null || usage === undefined) return { usage: null, broken: false, ...end }
  const counts = countsOf()
  const told = asRecord(usage)
  const inputTokens = counts.count(told.prompt_tokens, told.total_tokens, told.input_tokens)
  return {
    usage: { inputTokens, cachedTokens: null, cacheWriteTokens: null, outputTokens: 0, reasoningTokens: null },
    broken: counts.isBroken() || inputTokens === 0,
    ...end,
  }
}
