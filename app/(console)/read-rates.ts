import type { RateName } from '#components/limits/rate-draft.ts'
import { readCount } from './read-count.ts'

/** The rate limits that were typed; throws `invalid_request_error` at the first that is no number. */
export function readRates<Name extends RateName>(draft: Partial<Record<Name, string>>): Record<Name, number | null> {
  return Object.fromEntries(
    Object.entries(draft).map(([name, text]) => [name, readCount(String(text), name)]),
  ) as Record<Name, number | null>
}
