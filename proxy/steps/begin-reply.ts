import { StipendError } from '#lib/core/errors.ts'
import { formatUsd, type Nanos } from '#lib/core/money.ts'
import type { ModelRequest } from '../dialects/dialect.ts'
import type { Exchange, Try } from '../exchange.ts'
import type { Deployment, Gateway, UpstreamResponse } from '../gateway.ts'
import type { Channel } from '../hub/channel.ts'
import type { Target } from '../routing/plan-attempts.ts'
import type { FramingName } from '../sse/framing.ts'
import type { Allowance } from './cap-output.ts'
import { listDropped } from './list-dropped.ts'

/** What a caller may learn from the vendor's headers. */
const passedHeaders = ['content-type', 'openai-processing-ms']

/** An answer that has begun: its status was good and its first bytes are here. */
export interface Reply {
  deployment: Deployment
  channel: Channel
  attempt: Try
  /** What was paid for in advance, and what attempts that were lost before it may have cost. */
  allowance: Allowance
  keptNanos: Nanos
  isStream: boolean
  framing: FramingName
  headers: Record<string, string>
  firstChunk: Uint8Array
  firstTokenMs: number
  /** What follows the first chunk. */
  rest: AsyncIterator<Uint8Array>
  /** Tells the vendor that nobody listens any more; it answers with the end of `rest`. */
  hangUp(): void
}

/** What an answer brings with it of the attempt that it answers. */
type Beginning = Pick<Reply, 'channel' | 'attempt' | 'allowance' | 'keptNanos' | 'hangUp'>

/** Waits for the first bytes, so that an answer that breaks before them can still be had elsewhere. */
export async function beginReply(
  gateway: Gateway,
  exchange: Exchange,
  { route, deployment }: Target,
  response: UpstreamResponse,
  beginning: Beginning,
): Promise<Reply> {
  const { channel, keptNanos } = beginning
  const rest = response.body[Symbol.asyncIterator]()
  const first = await rest.next()
  if (first.done) throw new StipendError('upstream_error', 'The provider answered nothing. Try again later.')
  const headers: Record<string, string> = { 'x-stipend-provider': asHeader(deployment.providerName) }
  if (route.model !== channel.request.model) headers['x-stipend-model'] = asHeader(route.model)
  if (keptNanos > 0n) headers['x-stipend-lost-usd'] = formatUsd(keptNanos)
  for (const name of passedHeaders) {
    const value = response.headers[name]
    if (typeof value === 'string') headers[name] = value
  }
  const dropped = (channel.translation ?? channel.request).dropped ?? []
  if (dropped.length > 0) headers['x-stipend-dropped'] = listDropped(dropped)
  return {
    ...beginning,
    deployment,
    isStream: isStream(headers['content-type'], channel.request),
    framing: framingOf(headers['content-type'], channel.request),
    headers,
    firstChunk: first.value,
    firstTokenMs: gateway.clock.now() - exchange.startedAtMs,
    rest,
  }
}

/** Names may be in any script; headers are ASCII. */
function asHeader(name: string): string {
  return /^[\x20-\x7e]*$/.test(name) ? name : encodeURIComponent(name)
}

/** Vendors that get the content type of a stream wrong are many; that of JSON none. */
function isStream(contentType: string | undefined, request: ModelRequest): boolean {
  if (contentType?.startsWith('text/event-stream')) return true
  if (request.framing === 'array') return true
  return request.stream && !contentType?.includes('json')
}

function framingOf(contentType: string | undefined, { framing = 'events' }: ModelRequest): FramingName {
  return contentType?.startsWith('text/event-stream') ? 'events' : framing
}
