import type { Nanos } from '#lib/core/money.ts'
import type { Dialect } from './dialects/dialect.ts'
import type { Attempt, Deployment } from './gateway.ts'
import type { Lesson } from './routing/health.ts'
import type { Pass } from './routing/queue.ts'

/** A request as a mount hands it in. */
export interface IncomingRequest {
  method: string
  /** Without the query, still percent-encoded. */
  path: string
  query: string
  /** By lower-case name. */
  headers: Record<string, string | string[] | undefined>
  body: AsyncIterable<Uint8Array>
  /** Aborts when the caller is gone, however that shows. */
  signal: AbortSignal
  /** Null where the mount cannot know it. */
  remoteAddress: string | null
  /** What it is to be called by; by itself it gets a new one. Never of the caller's choosing: the ledger counts an id once. */
  id?: string
}

/** What a mount sends back. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: Uint8Array | AsyncIterable<Uint8Array>
}

/** One request on its way through the gateway. */
export interface Exchange {
  /** The request id: in every response, on every row, in the ledger. */
  id: string
  startedAtMs: number
  request: IncomingRequest
  /** What its caller speaks, and is answered in. */
  dialect: Dialect
  tries: Try[]
  /** To be told once how the answer that has begun came to its end. */
  closed?: ((lesson: Lesson | null) => void) | undefined
  /** To be told when a stream begins to wait, and what it used of an account in the end. */
  waits?: () => void
  pass?: Pass | undefined
  /** For its answer, whatever that will be. */
  headers: Record<string, string>
}

/** An attempt, and what it means for the money. */
export interface Try extends Attempt {
  deployment: Deployment
  /** What is owed if it is lost: the most that it can have cost. */
  boundNanos: Nanos
  /** Its caller left, and the vendor, which was told, ended it without a byte of an answer. */
  isEnded?: boolean
}

/** The first value of a header; null when it is absent or empty. */
export function headerOf(request: Pick<IncomingRequest, 'headers'>, name: string): string | null {
  const value = request.headers[name]
  return (Array.isArray(value) ? value[0] : value) || null
}
