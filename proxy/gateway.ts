import type { DialectName, Wire } from '#lib/core/dialects.ts'
import type { Nanos } from '#lib/core/money.ts'
import type { Price } from '#lib/core/price.ts'
import type { Usage } from '#lib/core/usage.ts'
import type { Limits, ScopeLimits } from './limits.ts'
import type { Health, KnownState } from './routing/health.ts'
import type { Queue } from './routing/queue.ts'

/** What the gateway needs from the rest of the house. One composition root joins these to the real thing. */
export interface Gateway {
  keys: Keys
  limits: Limits
  routes: Routes
  ledger: Ledger
  answers: Answers
  upstream: Upstream
  health: Health
  queue: Queue
  clock: Clock
  log: Log
  settings: Settings
}

export interface Settings {
  /** Largest body that is read, in bytes. */
  maxBodyBytes: number
  /** How long an upstream may take to answer with headers, and be silent between two chunks. */
  upstreamHeadersMs: number
  upstreamIdleMs: number
  /** How long a request waits for money that only other reservations hold. */
  budgetWaitMs: number
  /** For routes that set nothing else: how long all attempts together may take to begin an answer, and how many. */
  beginWithinMs: number
  maxAttempts: number
  /** Between two rounds through the same deployments; doubled each time, and drawn at random below that. */
  backoffMs: number
  /** How long a request waits for room at its vendors, when it does not say. */
  queueWaitMs: number
  /** How often a stream that waits says that it lives. */
  commentEveryMs?: number
}

/** An authenticated key. Everything downstream is authorised by it and nothing else. */
export interface Caller {
  organizationId: string
  projectId: string
  membershipId: string | null
  keyId: string
  keyName: string
  /** What the key adds to the output cap of requests that gave none. */
  maxOutputTokens: number | null
  allowedIps: string[]
  /** The models that key and project both allow; null: all of the organization's. */
  allowedModelIds: string[] | null
  /** Rate limits of the key, its project and its organization; only of those that have any. */
  limits: ScopeLimits[]
}

export interface Keys {
  /** Throws `invalid_api_key`, `key_paused`, `key_expired` — or `unavailable` when the database is away. */
  authenticate(secret: string): Promise<Caller>
  /** Its limits, spend, what is left and when that starts anew, as JSON for its holder. */
  describe(caller: Caller): Promise<Record<string, unknown>>
}

/** One upstream model at one provider, ready to call. */
export interface Deployment {
  id: string
  organizationId: string
  providerId: string
  providerName: string
  vendor: string
  wire: Wire
  /** In what it can be called as it is; everything else is translated to the first that can be. */
  speaks: readonly DialectName[]
  /** As the vendor's own SDK takes it; without a trailing slash. */
  baseUrl: string
  upstreamModel: string
  priority: number
  weight: number
  /** What the provider's account allows; null: nobody said. */
  requestsPerMinute: number | null
  tokensPerMinute: number | null
  /** As whichever gateway learned last; null: nothing is known. */
  known: { deployment: KnownState | null; credential: KnownState | null }
  /** Null: unpriced. */
  price: Price | null
  /** Opens the sealed credential. Call it only to send it. */
  openCredential(): string
}

/** How patient a route is; null: as the gateway is set. */
export interface RoutePolicy {
  connectMs: number | null
  /** Until the first byte of an answer, for each attempt. */
  firstTokenMs: number | null
  /** Between two chunks. */
  idleMs: number | null
  /** For everything, the end of a stream included. */
  totalMs: number | null
  maxAttempts: number | null
  /** An answer that breaks in the middle is gone on with elsewhere. */
  isContinued: boolean
}

/** Routes that take over, in order; each is one that the caller may call. */
export interface Fallbacks {
  general: Route[]
  /** For what is too long for this one. */
  context: Route[]
  /** For what its content filter refuses. */
  content: Route[]
}

export interface Route {
  modelId: string
  /** The public name, as authorised and priced; what is dispatched is a deployment's upstreamModel. */
  model: string
  maxOutputTokens: number | null
  contextTokens: number | null
  /** In tiers of priority, the lowest first. */
  deployments: Deployment[]
  policy: RoutePolicy
  fallbacks: Fallbacks
}

export interface ModelSummary {
  name: string
  createdAt: Date
  maxOutputTokens: number | null
  contextTokens: number | null
}

export interface Routes {
  /** Throws `model_not_found` or `model_not_allowed`. */
  resolve(caller: Caller, model: string): Promise<Route>
  /** The models that this caller may call, by name. */
  list(caller: Caller): Promise<ModelSummary[]>
}

export interface ReserveRequest {
  requestId: string
  caller: Caller
  modelId: string
  /** Upper bound of the cost; null when a deployment of the route is unpriced. */
  wantNanos: Nanos | null
  /** Enough for an ordinary answer: less is taken only when the budget has no more, not because other
   * reservations hold it. */
  comfortNanos: Nanos | null
  /** The least that is still of use; equal to `wantNanos` when the output cap is the caller's own. */
  floorNanos: Nanos | null
  /** Stops waiting. */
  signal: AbortSignal
}

export interface Reservation {
  requestId: string
  /** Between floor and want. */
  amountNanos: Nanos
  /** How long it waited for money that only other requests in flight held. */
  waitedMs?: number
}

/** How a request ended; one row in the console. */
export interface RequestOutcome {
  requestId: string
  createdAt: Date
  caller: Caller
  /** As the caller wrote it; empty when the body could not be read. */
  model: string
  modelId: string | null
  deployment: Deployment | null
  dialect: string
  stream: boolean
  /** As the caller saw it; 499 when the caller left first. */
  status: number
  errorCode: string | null
  usage: Usage
  costNanos: Nanos
  /** The usage is ours, not the vendor's. */
  estimated: boolean
  latencyMs: number
  firstTokenMs: number | null
  finishReason: string | null
  attempts: Attempt[]
}

/** One upstream call. */
export interface Attempt {
  /** The public name that it was made for: another one than asked where a fallback took over. */
  model: string
  deploymentId: string
  providerId: string
  provider: string
  status: number | null
  error: string | null
  /** Since the request came. */
  startedMs: number
  latencyMs: number
  /**
   * `unsent`: no byte reached anyone. `refused`: the vendor answered that it will not serve it, which is free.
   * `lost`: sent, and nobody said what became of it. `served`: an answer came, and was metered.
   */
  fate: 'unsent' | 'refused' | 'lost' | 'served'
  /** What a lost attempt may have cost, in USD: it is part of the request's cost. */
  keptUsd: string | null
}

/** One more dispatch of a request that holds a reservation. Amounts are what it shall hold in all. */
export interface TopUpRequest {
  requestId: string
  /** The model that is to answer: budgets for it alone are bound from here on. */
  modelId: string
  wantNanos: Nanos | null
  floorNanos: Nanos | null
}

export interface Ledger {
  /** Committed before it returns. Throws `insufficient_quota` (402), `rate_limit_exceeded` when only other
   * reservations stand in the way for too long, a key error when the key was stopped meanwhile,
   * or `unavailable`. With `insufficient_quota`, `facts.available_usd` says what the binding budget can
   * still pay: the gateway answers it with the `max_tokens` that would fit. */
  reserve(request: ReserveRequest): Promise<Reservation>
  /** Makes a reservation larger before one more dispatch, committed before it returns; null when the budgets do not
   * have it just now. What is held never shrinks. */
  topUp(request: TopUpRequest): Promise<Reservation | null>
  /** Books the cost, returns the rest and records the request. Never rejects: it is kept and tried again.
   * Answers wait for it, so that a caller who has the answer also finds it booked: it resolves as soon as
   * the outcome is committed or safely kept. */
  settle(reservation: Reservation, outcome: RequestOutcome): Promise<void>
  /** Nothing was dispatched: returns all of it and records the request. Never rejects. */
  release(reservation: Reservation, outcome: RequestOutcome): Promise<void>
  /** Records a request that never had a reservation. Never rejects. */
  record(outcome: RequestOutcome): Promise<void>
}

/** An answer that a vendor keeps under the lab's name, and who may come back to it. */
export interface KeptAnswer {
  /** The vendor's own. */
  id: string
  /** As the caller wrote it. */
  model: string
  deploymentId: string
}

export interface Answers {
  /** Never rejects: whoever cannot come back to an answer has it all the same. */
  keep(caller: Caller, answer: KeptAnswer): Promise<void>
  /** Null: this key has no such answer. */
  find(caller: Caller, id: string): Promise<KeptAnswer | null>
  forget(caller: Caller, id: string): Promise<void>
}

export interface UpstreamRequest {
  deployment: Deployment
  /** POST when it is missing. */
  method?: 'GET' | 'POST' | 'DELETE'
  /** Below the base URL, for example "/chat/completions"; with its query, if it has one. */
  path: string
  headers: Record<string, string>
  body: Uint8Array | string
  /** Stops the call, also while its body is read. */
  signal: AbortSignal
  /** Nobody waits for the answer any more: what is unsent is not sent, else the vendor is told, and heard to its end. */
  left?: AbortSignal
  /** How long to wait for a connection, and between two chunks; else as the pools are set. */
  connectMs?: number | null
  idleMs?: number | null
}

export interface UpstreamResponse {
  status: number
  /** Only those that we read or pass on. */
  headers: Record<string, string | string[] | undefined>
  body: AsyncIterable<Uint8Array>
}

export interface Upstream {
  /** Sends to an address that the outbound rules allow. Rejects with `upstream_error` or `upstream_timeout`;
   * with `NotDispatched` when no byte of the request can have reached anyone. */
  send(request: UpstreamRequest): Promise<UpstreamResponse>
}

export interface Clock {
  now(): number
}

export interface Log {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}
