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
import type { Seen } from './streams/play-callers.ts'

const atOnce = 30
/** Many and short, each beside the bare pipe of its own: what else the machine does then falls on both. The first warms up. */
const rounds = 11
/** One after the other, to see how long the first byte takes. */
const firstBytes = 40

const question = [{ role: 'user', content: 'Hi' }]
const chat = {
  path: '/v1/chat/completions',
  body: { model: 'gpt-4o', messages: question, max_tokens: 100_000, stream: true },
}
const messages = {
  path: '/v1/messages',
  body: { model: 'gpt-4o', messages: question, max_tokens: 100_000, stream: true },
}

interface FirstByte {
  /** Since its caller asked. */
  firstByteMs: number
  /** Since the vendor wrote its own. */
  behindMs: number
}

interface Measured extends FirstByte {
  cpuMs: number
  /** Of a stream of six events: what a stream costs whatever its length. */
  shortCpuMs: number
}

/**
 * What a stream costs in the process between caller and vendor, who are processes of their own: a bare pipe of
 * node:http and undici, the gateway with bytes passing, and the gateway with translation. First bytes are those of one
 * caller alone, against the same vendor without anything between, which answers at once, and against when it wrote its own.
 * `--events=2000`, `--streams=30`, and `--only=chat` for those whose name begins so, beside the bare pipe.
 */
export async function benchStreams(flags: string[]): Promise<void> {
  const flag = (name: string): string | undefined =>
    flags.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3)
  const events = Number(flag('events') ?? 200)
  const streams = Number(flag('streams') ?? 60)
  const vendor = fork(fileURLToPath(new URL('./streams/play-vendor.ts', import.meta.url)), [String(events)])
  const callers = fork(fileURLToPath(new URL('./streams/play-callers.ts', import.meta.url)))
  const [port] = (await once(vendor, 'message')) as [number]
  const origin = `http://127.0.0.1:${port}`
  const pools = openPools({ headersMs: 30_000, idleMs: 30_000, isAllowedAddress: () => true })
  const ofChat = memoryGateway(`${origin}/v1`, 'openai-chat', 'openai', pools)
  const ofMessages = memoryGateway(origin, 'anthropic-messages', 'anthropic', pools)
  const all = {
    'bare pipe': { listener: barePipe(origin), asked: chat },
    'chat to chat': { listener: nodeHttp(ofChat), asked: chat },
    'Messages to Messages': { listener: nodeHttp(ofMessages), asked: messages },
    'chat to Messages': { listener: nodeHttp(ofMessages), asked: chat },
    'Messages to chat': { listener: nodeHttp(ofChat), asked: messages },
  }
  const through = Object.entries(all).filter(([name]) => name === 'bare pipe' || name.startsWith(flag('only') ?? ''))
  try {
    const direct: FirstByte[] = []
    const found = new Map<string, Measured[]>()
    for (let round = 0; round < rounds; round++) {
      const first = await seeFirstBytes(vendor, callers, origin, chat)
      if (round > 0) direct.push(first)
      for (const [name, { listener, asked }] of through) {
        const measured = await measure(listener, vendor, callers, asked, streams)
        if (round > 0) found.set(name, [...(found.get(name) ?? []), measured])
      }
    }
    const bare = found.get('bare pipe') ?? []
    const directMs = median(direct.map(({ firstByteMs }) => firstByteMs)).toFixed(2)
    const directBehindMs = median(direct.map(({ behindMs }) => behindMs)).toFixed(2)
    process.stdout.write(
      `streams: ${events} events each, ${streams} streams, ${atOnce} at once, medians of ${rounds - 1} rounds; direct, a first byte comes after ${directMs} ms, ${directBehindMs} ms behind the vendor's\n`,
    )
    for (const [name, runs] of found) {
      const of = (figure: (run: Measured, round: number) => number): string => median(runs.map(figure)).toFixed(2)
      const cpuMs = of((run) => run.cpuMs)
      const shortMs = of((run) => run.shortCpuMs)
      const ratio = of((run, round) => run.cpuMs / (bare[round]?.cpuMs ?? Number.NaN))
      const laterMs = of((run, round) => run.firstByteMs - (direct[round]?.firstByteMs ?? Number.NaN))
      const behindMs = of((run) => run.behindMs)
      process.stdout.write(
        `  ${name.padEnd(22)} ${cpuMs} ms CPU a stream (${shortMs} one of 6 events), ${ratio} × bare, first byte ${laterMs} ms after direct, ${behindMs} ms behind the vendor's\n`,
      )
    }
  } finally {
    vendor.kill()
    callers.kill()
    await pools.close()
  }
}

async function measure(
  listener: RequestListener,
  vendor: ChildProcess,
  callers: ChildProcess,
  asked: typeof chat,
  streams: number,
): Promise<Measured> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const first = await seeFirstBytes(vendor, callers, origin, asked)
  const cpuMsOf = async (each: typeof chat): Promise<number> => {
    const before = process.cpuUsage()
    await call(callers, origin, each, streams, atOnce)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000 / streams
  }
  const shortCpuMs = await cpuMsOf(shortOf(asked))
  const cpuMs = await cpuMsOf(asked)
  await close(server)
  return { cpuMs, shortCpuMs, ...first }
}

function shortOf({ path, body }: typeof chat): typeof chat {
  return { path, body: { ...body, max_tokens: 20 } }
}

/** Of calls one after the other: the vendor wrote in the order in which they were read. */
async function seeFirstBytes(
  vendor: ChildProcess,
  callers: ChildProcess,
  origin: string,
  asked: typeof chat,
): Promise<FirstByte> {
  await ask<number[]>(vendor, 'anew')
  const seen = await call(callers, origin, shortOf(asked), firstBytes, 1)
  const wroteAtMs = await ask<number[]>(vendor, 'wrote')
  return {
    firstByteMs: median(seen.map(({ askedAtMs, firstAtMs }) => firstAtMs - askedAtMs)),
    behindMs: median(seen.map(({ firstAtMs }, index) => firstAtMs - (wroteAtMs[index] ?? Number.NaN))),
  }
}

function call(
  callers: ChildProcess,
  origin: string,
  asked: typeof chat,
  streams: number,
  atOnce: number,
): Promise<Seen[]> {
  return ask(callers, { origin, ...asked, streams, atOnce })
}

async function ask<Answer>(of: ChildProcess, question: string | object): Promise<Answer> {
  of.send(question)
  const [answer] = (await once(of, 'message')) as [Answer]
  return answer
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
