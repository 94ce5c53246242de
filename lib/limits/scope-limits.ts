/** Rate limits of one scope; null: none of the kind. */
export interface ScopeLimits {
  scope: 'key' | 'project' | 'organization'
  id: string
  requestsPerMinute: number | null
  tokensPerMinute: number | null
  requestsPerDay: number | null
  maxParallel: number | null
}

export interface LimitedCaller {
  limits: ScopeLimits[]
}

/** A caller's turn under its rate limits. */
export interface Admission {
  /** As OpenAI writes them; only of limits that there are. */
  headers: Record<string, string>
  /** Takes what the request will probably use of the tokens a minute; throws `rate_limit_exceeded`. At most once. */
  expect(tokens: number): Promise<void> | undefined
  /** Ends the caller's turn, with all tokens in and out. Call it exactly once. */
  leave(tokens: number): void
}

export interface Limits {
  /** Throws `rate_limit_exceeded`. */
  enter(caller: LimitedCaller): Promise<Admission> | Admission
}

export type LimitKind = 'requestsPerMinute' | 'tokensPerMinute' | 'requestsPerDay' | 'maxParallel'

/** What is left of one scope's limits; null where there is none of the kind. */
export interface Left {
  requests: number | null
  tokens: number | null
}

export const noLimits: Admission = { headers: {}, expect: () => undefined, leave: () => undefined }
