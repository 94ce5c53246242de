import type { Caller } from './gateway.ts'

/** Rate limits of one scope; null: none of the kind. */
export interface ScopeLimits {
  scope: 'key' | 'project' | 'organization'
  id: string
  requestsPerMinute: number | null
  tokensPerMinute: number | null
  requestsPerDay: number | null
  maxParallel: number | null
}

/** A caller's turn under its rate limits. */
export interface Admission {
  /** For the answer: limits, what remains of them, when they are whole again. */
  headers: Record<string, string>
  /** Takes what the request will probably use; throws `rate_limit_exceeded`. At most once. */
  expect(tokens: number): Promise<void> | undefined
  /** Ends the turn, with all tokens in and out. Called exactly once. */
  leave(tokens: number): void
}

export interface Limits {
  /** Throws `rate_limit_exceeded`. */
  enter(caller: Caller): Promise<Admission> | Admission
}
