/** Rate limits as they stand in a form: text as it was typed; empty: none. */
export type RateDraft = Record<RateName, string>

export const rateNames = ['requestsPerMinute', 'tokensPerMinute', 'requestsPerDay', 'maxParallel'] as const

export type RateName = (typeof rateNames)[number]

export const noRates: RateDraft = { requestsPerMinute: '', tokensPerMinute: '', requestsPerDay: '', maxParallel: '' }

/** Rate limits as pages show them; null: none. */
export type Rates = Record<RateName, number | null>
