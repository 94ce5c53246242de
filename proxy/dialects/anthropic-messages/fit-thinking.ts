import { asRecord } from '../../json/as-record.ts'
import { numberOrNull } from '../../json/read-value.ts'

/** The shortest thought that Anthropic takes. */
const leastTokens = 1024

/** Thoughts are within the cap, and must leave room for an answer; where they do not fit there are none. */
export function fitThinking({ thinking, ...body }: Record<string, unknown>): Record<string, unknown> {
  const budget = numberOrNull(asRecord(thinking).budget_tokens)
  const cap = numberOrNull(body.max_tokens)
  if (budget === null || cap === null || budget < cap) return thinking === undefined ? body : { ...body, thinking }
  const fitting = Math.floor(cap * 0.75)
  return fitting < leastTokens ? body : { ...body, thinking: { ...asRecord(thinking), budget_tokens: fitting } }
}
