import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describeError } from '../describe-error.ts'
import type { Answer, IncomingRequest } from '../exchange.ts'
import type { Gateway } from '../gateway.ts'
import { routeRequest } from '../route-request.ts'
import { openUpload, type Upload } from './open-upload.ts'

export interface NodeHttpOptions {
  /** How long a caller may leave what was sent to it unread. */
  stalledReaderMs?: number
}

const defaultStalledReaderMs = 120_000

/** How long a caller may go on sending after it was answered, before the connection is cut. */
const lingerMs = 2_000

/** The gateway on node:http. */
export function nodeHttp(gateway: Gateway, options: NodeHttpOptions = {}) {
  const stalledReaderMs = options.stalledReaderMs ?? defaultStalledReaderMs
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new AbortController()
    response.once('close', () => {
      if (!response.writableFinished) gone.abort()
      // An upload may have been read whole before its end was.
      request.resume()
    })
    try {
      const upload = openUpload(request)
      const answer = await routeRequest(gateway, asIncoming(request, upload, gone.signal))
      if (!upload.isWhole()) lingerAndCut(request, response)
      await send(answer, response, gone, stalledReaderMs)
    } catch (error) {
      gateway.log.error(describeError(error), 'an answer could not be sent')
      response.destroy()
    }
  }
}

function asIncoming(request: IncomingMessage, { pieces }: Upload, signal: AbortSignal): IncomingRequest {
  const url = request.url ?? '/'
  const queryAt = url.indexOf('?')
  return {
    method: request.method ?? 'GET',
    path: queryAt === -1 ? url : url.slice(0, queryAt),
    query: queryAt === -1 ? '' : url.slice(queryAt + 1),
    headers: request.headers,
    body: pieces,
    signal,
    remoteAddress: request.socket.remoteAddress ?? null,
  }
}

async function send(
  { status, headers, body }: Answer,
  response: ServerResponse,
  gone: AbortController,
  stalledReaderMs: number,
): Promise<void> {
  if (gone.signal.aborted) return
  if (body instanceof Uint8Array) {
    response.writeHead(status, { ...headers, 'content-length': body.byteLength }).end(body)
    return
  }
  response.writeHead(status, headers)
  for await (const chunk of body) {
    if (gone.signal.aborted) return
    if (!response.write(chunk)) await drained(response, gone, stalledReaderMs)
  }
  response.end()
}

/** Resolves when the caller has read on; a caller that never does is gone. */
async function drained(response: ServerResponse, gone: AbortController, stalledReaderMs: number): Promise<void> {
  const stalled = setTimeout(() => {
    gone.abort()
    response.destroy()
  }, stalledReaderMs)
  await once(response, 'drain', { signal: gone.signal }).catch(() => undefined)
  clearTimeout(stalled)
}

/** The answer came before the body was read, so the rest of it is thrown away, for a while. */
function lingerAndCut(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('connection', 'close')
  request.resume()
  response.once('finish', () => {
    const cut = setTimeout(() => request.destroy(), lingerMs)
    request.once('close', () => clearTimeout(cut))
  })
}
