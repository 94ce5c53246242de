import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'
import { nodeHttp } from '#proxy/mounts/node-http.ts'
import { openPools } from '#proxy/upstream/open-pools.ts'
import { memoryGateway } from './streams/memory-gateway.ts'

const eventsEach = 200
const streamsEach = 300
const atOnce = 30
const rounds = 3

const question = [{ role: 'user', content: 'Hi' }]
const chat = {
  path: '/v1/chat/completions',
  body: { model: 'gpt-4o', messages: question, max_tokens: 1000, stream: true },
}
const messages = { path: '/v1/messages', body: { model: 'gpt-4o', messages: question, max_tokens: 1000, stream: true } }

interface Measured {
  cpuMs: number
  firstByteMs: number
}

/**
 * What a stream costs in the process between caller and vendor, who are processes of their own: a bare pipe of
 * node:http and undici, the gateway with bytes passing, and the gateway with translation. First bytes are those of one
 * caller alone, against the same vendor without anything between.
 */
export async function benchStreams(): Promise<void> {
  const vendor = fork(fileURLToPath(new URL('./streams/play-vendor.ts', import.meta.url)), [String(eventsEach)])
  const callers = fork(fileURLToPath(new URL('./streams/play-callers.ts', import.meta.url)))
  const [port] = (await once(vendor, 'message')) as [number]
  const origin = `http://127.0.0.1:${port}`
  const pools = openPools({ headersMs: 30_000, idleMs: 30_000, isAllowedAddress: () => true })
  const through = {
    'bare pipe': { listener: barePipe(origin), asked: chat },
    'chat to chat': { listener: nodeHttp(memoryGateway(`${origin}/v1`, 'openai-chat', 'openai', pools)), asked: chat },
    'Messages to Messages': {
      listener: nodeHttp(memoryGateway(origin, 'anthropic-messages', 'anthropic', pools)),
      asked: messages,
    },
    'chat to Messages': {
      listener: nodeHttp(memoryGateway(origin, 'anthropic-messages', 'anthropic', pools)),
      asked: chat,
    },
    'Messages to chat': {
      listener: nodeHttp(memoryGateway(`${origin}/v1`, 'openai-chat', 'openai', pools)),
      asked: messages,
    },
  }
  try {
    const direct = median(await call(callers, origin, shortOf(chat), 50, 1))
    const found = new Map<string, Measured[]>()
    for (let round = 0; round < rounds; round++) {
      for (const [name, { listener, asked }] of Object.entries(through)) {
        const measured = await measure(listener, callers, asked)
        // The first round warms everything up.
        if (round > 0) found.set(name, [...(found.get(name) ?? []), measured])
      }
    }
    const bare = least(found.get('bare pipe') ?? [], 'cpuMs')
    process.stdout.write(`streams: ${eventsEach} events each, ${streamsEach} streams, ${atOnce} at once\n`)
    for (const [name, runs] of found) {
      const cpuMs = least(runs, 'cpuMs')
      const laterMs = least(runs, 'firstByteMs') - direct
      process.stdout.write(
        `  ${name.padEnd(22)} ${cpuMs.toFixed(2)} ms CPU a stream, ${(cpuMs / bare).toFixed(2)} × bare, first byte ${laterMs.toFixed(2)} ms after direct\n`,
      )
    }
  } finally {
    vendor.kill()
    callers.kill()
    await pools.close()
  }
}

async function measure(listener: RequestListener, callers: ChildProcess, asked: typeof chat): Promise<Measured> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const firstByteMs = median(await call(callers, origin, shortOf(asked), 50, 1))
  const before = process.cpuUsage()
  await call(callers, origin, asked, streamsEach, atOnce)
  const { user, system } = process.cpuUsage(before)
  await close(server)
  return { cpuMs: (user + system) / 1000 / streamsEach, firstByteMs }
}

function shortOf({ path, body }: typeof chat): typeof chat {
  return { path, body: { ...body, max_tokens: 20 } }
}

async function call(callers: ChildProcess, origin: string, asked: typeof chat, streams: number, atOnce: number) {
  callers.send({ origin, ...asked, streams, atOnce })
  const [firstBytesMs] = (await once(callers, 'message')) as [number[]]
  return firstBytesMs
}

/** The least that anything between could do. */
function barePipe(origin: string): RequestListener {
  const pool = new Pool(origin, { connections: 512 })
  return async (request, response) => {
    const { statusCode, headers, body } = await pool.request({
      method: 'POST',
      path: request.url ?? '',
      headers: { 'content-type': 'application/json' },
      body: request,
    })
    response.writeHead(statusCode, { 'content-type': String(headers['content-type']) })
    await pipeline(body, response)
  }
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}

function median(figures: number[]): number {
  return figures.toSorted((one, other) => one - other)[figures.length >> 1] ?? 0
}

function least(runs: Measured[], figure: keyof Measured): number {
  return Math.min(...runs.map((run) => run[figure]))
}
