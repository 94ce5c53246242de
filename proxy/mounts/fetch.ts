import type { Answer, IncomingRequest } from '../exchange.ts'
import type { Gateway } from '../gateway.ts'
import { routeRequest } from '../route-request.ts'

export interface FetchOptions {
  /** How the host says where a request came from; without it no key that is bound to addresses works. */
  remoteAddressOf?(request: Request): string | null
  /** For hosts that must know what a request is called before it is answered. */
  newId?(): string
}

/** The gateway as a function from Request to Response, for hosts that know no more than that. */
export function fetchMount(gateway: Gateway, options: FetchOptions = {}) {
  return async (request: Request): Promise<Response> => {
    const gone = new AbortController()
    if (request.signal.aborted) gone.abort()
    request.signal.addEventListener('abort', () => gone.abort(), { once: true })
    const remoteAddress = options.remoteAddressOf?.(request) ?? null
    const incoming = asIncoming(request, gone.signal, remoteAddress)
    const answer = await routeRequest(gateway, options.newId ? { ...incoming, id: options.newId() } : incoming)
    return asResponse(answer, gone)
  }
}

function asIncoming(request: Request, signal: AbortSignal, remoteAddress: string | null): IncomingRequest {
  const { pathname, search } = new URL(request.url)
  return {
    method: request.method,
    path: pathname,
    query: search.slice(1),
    headers: Object.fromEntries(request.headers),
    body: request.body ?? nothing(),
    signal,
    remoteAddress,
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function asResponse({ status, headers, body }: Answer, gone: AbortController): Response {
  // 499 is no status that a Response can say, and nobody is left to read it.
  if (status === 499) return new Response(null, { status: 400 })
  return new Response(body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : asStream(body, gone), {
    status,
    headers,
  })
}

/** Read only as fast as the caller reads. */
function asStream(body: AsyncIterable<Uint8Array>, gone: AbortController): ReadableStream<Uint8Array> {
  const source = body[Symbol.asyncIterator]()
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await source.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        gone.abort()
        await source.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
