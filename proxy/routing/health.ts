import type { Deployment } from '../gateway.ts'

/** What another gateway, or a person, last said of a deployment or a credential. */
export interface KnownState {
  state: string
  reason: string | null
  untilMs: number | null
  changedAtMs: number
}

/** What became of a call, as far as it says something of the deployment or its credential. */
export type Fault =
  /** The request itself is wrong, too long, or not to be answered. */
  | 'request'
  | 'context'
  | 'content'
  /** The vendor does not have the model. */
  | 'model'
  /** The credential is refused, has no money left, or asks too much at once. */
  | 'account'
  | 'credit'
  | 'limit'
  /** The vendor failed: with an answer that is none, before it was reached, in the middle, or by silence. */
  | 'vendor'
  | 'unreachable'
  | 'lost'
  | 'slow'
  /** The caller left. */
  | 'gone'

export interface Lesson {
  fault: Fault
  /** The vendor's own word for when to come back. */
  retryAfterMs: number | null
  /** HTTP status; null when there was none. */
  status: number | null
}

/** A call on its way. */
export interface Call {
  /** Tries whether a deployment that rested works again; it need not be waited for longer than this. */
  patienceMs: number | null
  /** The first byte of its answer is here. */
  began(): void
  /** Exactly once; null: all went well. */
  ended(lesson: Lesson | null): void
}

export interface Ranking {
  /** Best first. */
  ready: Deployment[]
  /** To be tried only when nothing else is left, the soonest first. */
  resting: Deployment[]
  /** When the first of the resting ones may be tried again without annoying its vendor; null: now. */
  coolUntilMs: number | null
  /** When the first of them is tried again by itself; null: none rests. */
  restUntilMs: number | null
}

/** What this process knows of its upstreams. Reads memory only. */
export interface Health {
  /** `affinity`: calls of equal affinity go to the same deployment while it works. */
  rank(deployments: Deployment[], affinity: string | null): Ranking
  begin(deployment: Deployment, isStream: boolean): Call
}
