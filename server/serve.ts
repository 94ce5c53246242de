import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { remoteAddressHeader } from '#lib/auth/remote-address.ts'
import { requestPathHeader } from '#lib/auth/request-path.ts'
import { log } from '#lib/log.ts'
import { isGatewayPath } from '#proxy/is-gateway-path.ts'
import { answerHealth } from './answer-health.ts'

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

const headersTimeoutMs = 30_000
const longestRequestMs = 300_000
const keepAliveTimeoutMs = 65_000

export interface RunningServer {
  port: number
  /**
   * Says that it is not ready and asks callers to connect anew, for as long as a balancer needs to hear of it; then takes
   * nothing new, lets every answer on its way finish, and lets go of all connections.
   */
  stop(): Promise<void>
}

/** One port: health on plain words, gateway paths straight to the gateway, the rest to the console. */
export async function serve(options: {
  host: string
  port: number
  gateway: Handler
  console: Handler
  /** How long it goes on taking requests after it was told to stop. */
  drainMs?: number
  /** Until a body has arrived, however steadily it trickles; the answer may take as long as it needs. */
  requestTimeoutMs?: number
}): Promise<RunningServer> {
  const answering = new Set<ServerResponse>()
  let isDraining = false
  const requestTimeoutMs = options.requestTimeoutMs ?? longestRequestMs
  const server = createServer({ connectionsCheckingInterval: requestTimeoutMs / 10 }, (request, response) => {
    answering.add(response)
    response.once('close', () => answering.delete(response))
    if (isDraining) response.setHeader('connection', 'close')
    const path = (request.url ?? '/').split('?', 1)[0]!
    if (answerHealth(path, response, isDraining)) return
    if (isGatewayPath(path)) return void run(options.gateway, request, response)
    // What pages and actions may believe: callers cannot set these.
    request.headers[remoteAddressHeader] = request.socket.remoteAddress ?? ''
    request.headers[requestPathHeader] = request.url ?? '/'
    void run(options.console, request, response)
  })
  server.requestTimeout = requestTimeoutMs
  server.headersTimeout = Math.min(headersTimeoutMs, requestTimeoutMs)
  server.keepAliveTimeout = keepAliveTimeoutMs
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      isDraining = true
      for (const response of answering) if (!response.headersSent) response.setHeader('connection', 'close')
      if (options.drainMs) await sleep(options.drainMs)
      const closed = new Promise((done) => server.close(done))
      await Promise.all(Array.from(answering, (response) => new Promise((done) => response.once('close', done))))
      // A connection on which nothing was asked yet counts as active to the server, for as long as headers may take.
      server.closeAllConnections()
      await closed
    },
  }
}

/** An error that a handler let through ends its own request and nothing else. */
async function run(handler: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await handler(request, response)
  } catch (error) {
    log.error({ error: String(error), path: request.url?.split('?', 1)[0] }, 'a request failed')
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
    response.end('Something went wrong here. It has been logged.\n')
  }
}
