import { authorizeCall, type TokenFor } from '#lib/core/authorize-call.ts'
import { upstreamUrl } from '#lib/core/upstream-url.ts'
import { asEvents, awsStreamType } from '../aws/as-events.ts'
import { depthHeader } from '../depth-header.ts'
import type { Deployment, UpstreamRequest, UpstreamResponse } from '../gateway.ts'
import { StoppedReading } from '../sse/stopped-reading.ts'
import { asUpstreamError } from './as-upstream-error.ts'
import { dispatchCall } from './dispatch-call.ts'
import { limitHeaders } from './limit-headers.ts'
import { NotDispatched } from './not-dispatched.ts'
import { type Line, openLine } from './open-line.ts'
import type { Pools } from './open-pools.ts'

/** All that a request may take along; the rest is our affair or the caller's. */
const sentHeaders = ['accept', 'content-type', 'x-request-id', 'anthropic-version', 'anthropic-beta'] as const

/** All that comes back; never a cookie or a connection's own business. The account's limits are for us alone. */
const returnedHeaders = [
  'content-type',
  'openai-processing-ms',
  'retry-after',
  'retry-after-ms',
  ...limitHeaders,
] as const

/** One call over HTTP: no redirects, no compression, no header that is not on a list. */
export async function sendUpstream(
  pools: Pools,
  request: UpstreamRequest,
  tokenFor: TokenFor = noTokens,
): Promise<UpstreamResponse> {
  const { method = 'POST', connectMs = null, idleMs = null } = request
  const body = method === 'POST' ? request.body : null
  const { origin, path, credential, proof } = await addressOf(request, method, body, tokenFor)
  const headers: Record<string, string> = {
    ...proof,
    'accept-encoding': 'identity',
    'user-agent': 'stipend',
    [depthHeader]: '1',
  }
  for (const name of sentHeaders) if (request.headers[name]) headers[name] = request.headers[name]

  const bytes = body === null ? null : ownBytes(body)
  const signal =
    bytes?.length && request.left ? hangUpWhen(request.left, openLine(bytes), request.signal) : request.signal
  const pool = pools.poolFor(origin, credential, connectMs)
  const options = { method, path, headers, body: bytes, ...(idleMs !== null && { bodyTimeout: idleMs }) }
  const response = await dispatchCall(pool, options, signal).catch((error: unknown) => {
    throw asUpstreamError(error)
  })
  const encoding = response.headers['content-encoding']
  if (encoding && encoding !== 'identity') {
    void response.body.return?.()
    throw new StoppedReading('its answer in a compression that nobody asked for')
  }
  const returned: UpstreamResponse['headers'] = {}
  for (const name of returnedHeaders) if (response.headers[name]) returned[name] = response.headers[name]
  const whole = { status: response.status, headers: returned, body: response.body }
  if (returned['content-type'] !== awsStreamType) return whole
  returned['content-type'] = 'text/event-stream'
  return { ...whole, body: asEvents(whole.body) }
}

/** The same bytes as an object of their own. */
function ownBytes(body: Uint8Array | string): Buffer {
  return typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength)
}

/** What stops the call at once: `signal`, and a caller who leaves before it was sent. One who leaves later is hung up for. */
function hangUpWhen(left: AbortSignal, line: Line, signal: AbortSignal): AbortSignal {
  const stopped = new AbortController()
  const leave = (): void => {
    if (line.isSent()) line.hangUp()
    else stopped.abort(new NotDispatched('upstream_error', 'The caller left before anything was sent.'))
  }
  if (signal.aborted) stopped.abort(signal.reason)
  else signal.addEventListener('abort', () => stopped.abort(signal.reason), { once: true })
  if (left.aborted) leave()
  else left.addEventListener('abort', leave, { once: true })
  return stopped.signal
}

interface Address {
  origin: string
  /** With its query. */
  path: string
  credential: string
  /** The headers that say whose call it is. */
  proof: Record<string, string>
}

/** Nothing has been sent to the vendor while this fails, whatever it is. */
async function addressOf(
  { deployment, path }: UpstreamRequest,
  method: string,
  body: UpstreamRequest['body'] | null,
  tokenFor: TokenFor,
): Promise<Address> {
  try {
    const url = urlOf(deployment, path)
    const credential = deployment.openCredential()
    const proof = await authorizeCall(deployment, credential, { method, url, body }, tokenFor)
    return { origin: url.origin, path: `${url.pathname}${url.search}`, credential, proof }
  } catch (cause) {
    const message = `The provider "${deployment.providerName}" is not set up rightly. Tell whoever runs this gateway.`
    throw new NotDispatched('upstream_error', message, { cause })
  }
}

/** Where each deployment was called last, which nearly always is where it is called next: addresses take long to put together. */
const lastUrls = new WeakMap<Deployment, { path: string; url: URL }>()

function urlOf(deployment: Deployment, path: string): URL {
  const last = lastUrls.get(deployment)
  if (last?.path === path) return last.url
  const url = upstreamUrl(deployment, path, deployment.upstreamModel)
  lastUrls.set(deployment, { path, url })
  return url
}

function noTokens(): Promise<string> {
  return Promise.reject(new Error('Nobody here gets tokens.'))
}
