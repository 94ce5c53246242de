import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** What reached the vendor. */
export interface Visit {
  path: string
  headers: IncomingHttpHeaders
  /** Empty where it was no JSON. */
  body: Record<string, unknown>
  bytes: Buffer
}

export type Script = (response: ServerResponse, visit: Visit) => void | Promise<void>

export interface Vendor {
  baseUrl: string
  visits: Visit[]
  /** How the next visits are answered. */
  script: Script
  /** Visits whose connection was cut from our side before the answer was complete. */
  cut: number
  close(): Promise<void>
}

/** A vendor that does exactly what a test tells it, over real HTTP. */
export async function startVendor(script: Script = sayHello): Promise<Vendor> {
  const sockets = new Set<Socket>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    const isForm = request.headers['content-type']?.startsWith('multipart/')
    const body = isForm ? {} : JSON.parse(String(bytes) || '{}')
    const visit = { path: request.url ?? '', headers: request.headers, body, bytes }
    vendor.visits.push(visit)
    response.once('close', () => {
      if (!response.writableFinished) vendor.cut++
    })
    await vendor.script(response, visit)
  })
  server.on('connection', (socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const vendor: Vendor = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    visits: [],
    script,
    cut: 0,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return vendor
}

export const hello = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_764_000_000,
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello there.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 },
  unheard_of: { kept: [1.5, 'ü'] },
}

/** JSON or a stream, as asked for. */
export const sayHello: Script = async (response, { body }) => {
  if (body.stream) await sayStream(helloEvents)(response)
  else sayJson(hello)(response)
}

export function sayJson(value: unknown, status = 200): (response: ServerResponse) => void {
  return (response) => {
    response
      .writeHead(status, { 'content-type': 'application/json', 'set-cookie': 'vendor=1' })
      .end(JSON.stringify(value))
  }
}

export function chunkOf(delta: object, more: object = {}): object {
  const choices = [{ index: 0, delta, finish_reason: null }]
  return { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o-2024-08-06', choices, ...more }
}

const finished = chunkOf({}, { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })
export const usageChunk = chunkOf(
  {},
  { choices: [], usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 } },
)

export const helloEvents: (object | string)[] = [
  chunkOf({ role: 'assistant', content: '' }, { usage: null }),
  chunkOf({ content: 'Hello' }, { usage: null }),
  chunkOf({ content: ' there' }, { usage: null }),
  chunkOf({ content: '.' }, { usage: null }),
  { ...finished, usage: null },
  usageChunk,
  '[DONE]',
]

export function eventText(event: object | string): string {
  return `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`
}

/** Each event in a write of its own. */
export function sayStream(events: (object | string)[]): (response: ServerResponse) => Promise<void> {
  return async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    for (const event of events) {
      response.write(eventText(event))
      await new Promise((resolve) => setImmediate(resolve))
    }
    response.end()
  }
}
