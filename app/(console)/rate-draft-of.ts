import type { RateDraft, Rates } from '#components/limits/rate-draft.ts'

/** Rate limits as forms show them. */
export function rateDraftOf({ requestsPerMinute, tokensPerMinute, requestsPerDay, maxParallel }: Rates): RateDraft {
  return {
    requestsPerMinute: requestsPerMinute?.toString() ?? '',
    tokensPerMinute: tokensPerMinute?.toString() ?? '',
    requestsPerDay: requestsPerDay?.toString() ?? '',
    maxParallel: maxParallel?.toString() ?? '',
  }
}
