import type { Readable } from 'node:stream'
import { credentialHeaders } from '#lib/core/credential-headers.ts'
import { StipendError } from '#lib/core/errors.ts'
import { joinBasePath } from '#lib/core/join-base-path.ts'
import { depthHeader } from '../depth-header.ts'
import type { UpstreamRequest, UpstreamResponse } from '../gateway.ts'
import { asUpstreamError } from './as-upstream-error.ts'
import { limitHeaders } from './limit-headers.ts'
import { NotDispatched } from './not-dispatched.ts'
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
export async function sendUpstream(pools: Pools, request: UpstreamRequest): Promise<UpstreamResponse> {
  const { origin, path, credential } = addressOf(request)
  const headers: Record<string, string> = {
    ...credentialHeaders(request.deployment.wire, credential),
    'accept-encoding': 'identity',
    'user-agent': 'stipend',
    [depthHeader]: '1',
  }
  for (const name of sentHeaders) if (request.headers[name]) headers[name] = request.headers[name]

  const { method = 'POST', signal, connectMs = null, idleMs = null } = request
  const body = method === 'POST' ? request.body : null
  const response = await pools
    .poolFor(origin, credential, connectMs)
    .request({
      method,
      path,
      headers,
      body: body instanceof Uint8Array ? Buffer.from(body) : body,
      signal,
      ...(idleMs !== null && { bodyTimeout: idleMs }),
    })
    .catch((error: unknown) => {
      throw asUpstreamError(error)
    })
  // Whoever reads the body hears of its errors; one that nobody reads must not end the process.
  response.body.on('error', () => {})
  const encoding = response.headers['content-encoding']
  if (encoding && encoding !== 'identity') {
    response.body.destroy()
    throw new StipendError('upstream_error', 'The provider answered in a compression that nobody asked for.')
  }
  const returned: UpstreamResponse['headers'] = {}
  for (const name of returnedHeaders) if (response.headers[name]) returned[name] = response.headers[name]
  return { status: response.statusCode, headers: returned, body: stoppable(response.body) }
}

/** The body, with a `return` that stops the call at once: a stream's own does nothing before it was read. */
function stoppable(body: Readable): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const iterator: AsyncIterator<Uint8Array> = body.iterator()
      return {
        next: () => iterator.next(),
        async return() {
          body.destroy()
          return { done: true, value: undefined }
        },
      }
    },
  }
}

function addressOf({ deployment, path }: UpstreamRequest): { origin: string; path: string; credential: string } {
  try {
    const url = new URL(deployment.baseUrl)
    const base = url.pathname.replace(/\/+$/, '')
    return { origin: url.origin, path: joinPaths(base, path, url.search), credential: deployment.openCredential() }
  } catch (cause) {
    const message = `The provider "${deployment.providerName}" is not set up rightly. Tell whoever runs this gateway.`
    throw new NotDispatched('upstream_error', message, { cause })
  }
}

function joinPaths(base: string, path: string, search: string): string {
  const joined = joinBasePath(base, path)
  return search && joined.includes('?') ? `${joined}&${search.slice(1)}` : `${joined}${search}`
}
