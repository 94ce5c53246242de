import type { Nanos } from '#lib/core/money.ts'
import type { Price } from '#lib/core/price.ts'
import type { Usage } from '#lib/core/usage.ts'

/** What the gateway needs from the rest of the house. One composition root joins these to the real thing. */
export interface Gateway {
  keys: Keys
  limits: Limits
  routes: Routes
  ledger: Ledger
  upstream: Upstream
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
  /** Rate limits; null: none. */
  requestsPerMinute: number | null
  tokensPerMinute: number | null
  maxParallel: number | null
}

export interface Keys {
  /** Throws `invalid_api_key`, `key_paused`, `key_expired` — or `unavailable` when the database is away. */
  authenticate(secret: string): Promise<Caller>
  /** Its limits, spend, what is left and when that starts anew, as JSON for its holder. */
  describe(caller: Caller): Promise<Record<string, unknown>>
}

/** A caller's turn under its rate limits. */
export interface Admission {
  /** For the answer: limits, what remains of them, when they are whole again. */
  headers: Record<string, string>
  /** Ends the turn, with all tokens in and out. Called exactly once. */
  leave(tokens: number): void
}

export interface Limits {
  /** Throws `rate_limit_exceeded`. */
  enter(caller: Caller): Admission
}

/** One upstream model at one provider, ready to call. */
export interface Deployment {
  id: string
  providerId: string
  providerName: string
  vendor: string
  /** As the vendor's own SDK takes it; without a trailing slash. */
  baseUrl: string
  upstreamModel: string
  priority: number
  weight: number
  /** Null: unpriced. */
  price: Price | null
  /** Opens the sealed credential. Call it only to send it. */
  openCredential(): string
}

export interface Route {
  modelId: string
  /** The public name, as authorised and priced; what is dispatched is a deployment's upstreamModel. */
  model: string
  maxOutputTokens: number | null
  contextTokens: number | null
  /** In the order to try: priority, then weight. */
  deployments: Deployment[]
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
  deploymentId: string
  providerId: string
  provider: string
  status: number | null
  error: string | null
  latencyMs: number
}

export interface Ledger {
  /** Committed before it returns. Throws `insufficient_quota` (402), `rate_limit_exceeded` when only other
   * reservations stand in the way for too long, a key error when the key was stopped meanwhile,
   * or `unavailable`. With `insufficient_quota`, `facts.available_usd` says what the binding budget can
   * still pay: the gateway answers it with the `max_tokens` that would fit. */
  reserve(request: ReserveRequest): Promise<Reservation>
  /** Books the cost, returns the rest and records the request. Never rejects: it is kept and tried again.
   * Answers wait for it, so that a caller who has the answer also finds it booked: it resolves as soon as
   * the outcome is committed or safely kept. */
  settle(reservation: Reservation, outcome: RequestOutcome): Promise<void>
  /** Nothing was dispatched: returns all of it and records the request. Never rejects. */
  release(reservation: Reservation, outcome: RequestOutcome): Promise<void>
  /** Records a request that never had a reservation. Never rejects. */
  record(outcome: RequestOutcome): Promise<void>
}

export interface UpstreamRequest {
  deployment: Deployment
  /** Below the base URL, for example "/chat/completions". */
  path: string
  headers: Record<string, string>
  body: Uint8Array | string
  /** Stops the call, also while its body is read. */
  signal: AbortSignal
}

export interface UpstreamResponse {
  status: number
  /** Only those that may go further. */
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
