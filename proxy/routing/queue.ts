import type { Caller, Deployment, Route } from '../gateway.ts'

/** A request that wants to be called. */
export interface QueueRequest {
  caller: Caller
  route: Route
  affinity: string | null
  /** That it will probably use. */
  tokens: number
  /** Higher goes first; equal ones take turns by key. */
  priority: number
  /** How long it waits at most. */
  mostMs: number
  signal: AbortSignal
  /** It has to wait; called once, with how many are before it. */
  onWait(position: number): void
}

/** Leave to call. */
export interface Pass {
  /** Whose account has room for it; null: any. */
  deployment: Deployment | null
  /** What it used in the end, in and out. */
  used(tokens: number): void
}

export interface Queue {
  /** At once while the vendors' accounts have room; else when it is its turn. Throws `rate_limit_exceeded`. */
  enter(request: QueueRequest): Promise<Pass> | Pass
  /** What a vendor's answer says of its account. */
  learn(deployment: Deployment, headers: Record<string, string | string[] | undefined>): void
}
