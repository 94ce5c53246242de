import { StipendError } from '#lib/core/errors.ts'
import type { Dialect, ModelRequest } from '../dialects/dialect.ts'
import type { Exchange, Try } from '../exchange.ts'
import type { Deployment, Gateway, Route, UpstreamResponse } from '../gateway.ts'
import { codeOf } from '../upstream/as-upstream-error.ts'
import { NotDispatched } from '../upstream/not-dispatched.ts'
import { asFailure } from './as-failure.ts'
import { ClientGone } from './client-gone.ts'
import { isWebPage, readRefusal } from './read-refusal.ts'
import type { Grant } from './reserve-budget.ts'
import { VendorRefusal } from './vendor-refusal.ts'

/** What a caller may learn from the vendor's headers. */
const passedHeaders = ['content-type', 'openai-processing-ms']

/** An answer that has begun: its status was good and its first bytes are here. */
export interface Reply {
  deployment: Deployment
  attempt: Try
  isStream: boolean
  headers: Record<string, string>
  firstChunk: Uint8Array
  firstTokenMs: number
  /** What follows the first chunk. */
  rest: AsyncIterator<Uint8Array>
}

/**
 * Calls the deployments in their order until one answers, before anything was sent to the caller. Throws a
 * `VendorRefusal` when the request is at fault, and the last failure when all of them failed.
 */
export async function callProvider(
  gateway: Gateway,
  exchange: Exchange,
  dialect: Dialect,
  request: ModelRequest,
  route: Route,
  grant: Grant,
): Promise<Reply> {
  let failure: unknown
  for (const deployment of route.deployments) {
    if (exchange.request.signal.aborted) throw new ClientGone()
    const body = dialect.writeRequest(request, deployment, grant.outputCap)
    const attempt = beginTry(exchange, deployment)
    const startedAtMs = gateway.clock.now()
    try {
      const response = await gateway.upstream.send({
        deployment,
        path: dialect.upstreamPath,
        headers: {
          'content-type': 'application/json',
          accept: request.stream ? 'text/event-stream' : 'application/json',
        },
        body,
        signal: exchange.request.signal,
      })
      attempt.status = response.status
      if (!isAnswer(response)) {
        attempt.fate = 'refused'
        throw await readRefusal(response)
      }
      return await beginReply(gateway, exchange, request, attempt, response)
    } catch (error) {
      failure = asFailure(error, exchange.request.signal)
      if (error instanceof NotDispatched) attempt.fate = 'unsent'
      attempt.error = wordFor(failure)
      gateway.log.warn({ requestId: exchange.id, deploymentId: deployment.id, error }, 'an upstream attempt failed')
      if (!mayTryNext(failure)) throw failure
    } finally {
      attempt.latencyMs = gateway.clock.now() - startedAtMs
    }
  }
  throw failure
}

/** Sent and unanswered until it shows otherwise: whatever throws in between, the money stays. */
function beginTry(exchange: Exchange, deployment: Deployment): Try {
  const attempt: Try = {
    deployment,
    deploymentId: deployment.id,
    providerId: deployment.providerId,
    provider: deployment.providerName,
    status: null,
    error: null,
    latencyMs: 0,
    fate: 'lost',
  }
  exchange.tries.push(attempt)
  return attempt
}

function isAnswer(response: UpstreamResponse): boolean {
  return response.status >= 200 && response.status < 300 && !isWebPage(response)
}

/** Waits for the first bytes, so that an answer that breaks before them can still be had elsewhere. */
async function beginReply(
  gateway: Gateway,
  exchange: Exchange,
  request: ModelRequest,
  attempt: Try,
  response: UpstreamResponse,
): Promise<Reply> {
  const rest = response.body[Symbol.asyncIterator]()
  const first = await rest.next()
  if (first.done) throw new StipendError('upstream_error', 'The provider answered nothing. Try again later.')
  const { deployment } = attempt
  const headers: Record<string, string> = { 'x-stipend-provider': asHeader(deployment.providerName) }
  for (const name of passedHeaders) {
    const value = response.headers[name]
    if (typeof value === 'string') headers[name] = value
  }
  return {
    deployment,
    attempt,
    isStream: isStream(headers['content-type'], request),
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

/** By what the vendor says it is; where it says nothing, by what was asked for. */
function isStream(contentType: string | undefined, request: ModelRequest): boolean {
  return contentType ? contentType.startsWith('text/event-stream') : request.stream
}

/** Another deployment may do better, unless it is the request that is wrong. */
function mayTryNext(failure: unknown): boolean {
  if (failure instanceof VendorRefusal) return failure.status === 429 || failure.status === 408
  return !(failure instanceof ClientGone)
}

function wordFor(failure: unknown): string {
  if (failure instanceof VendorRefusal) return `refused with ${failure.status}`
  if (failure instanceof StipendError) return codeOf(failure.cause) || failure.code
  return 'client_gone'
}
