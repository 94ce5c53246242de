import { once } from 'node:events'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { StipendError } from '#lib/core/errors.ts'
import { readAll } from '#proxy/steps/read-all.ts'
import { NotDispatched } from '#proxy/upstream/not-dispatched.ts'
import { openPools } from '#proxy/upstream/open-pools.ts'
import { sendUpstream } from '#proxy/upstream/send-upstream.ts'
import { selfSigned } from '../support/self-signed.ts'
import { chunkOf, eventText, startVendor } from './support/vendor.ts'
import { deploymentOf, eventually, longSilenceMs, startWorld, type World } from './support/world.ts'

const inputNanos = 8n * 2_500n
const outputNanos = 10_000n
const mostTokens = 500
const chat = {
  model: 'gpt-4o',
  stream: true,
  max_tokens: mostTokens,
  messages: [{ role: 'user', content: 'Hi' }],
}

const word = eventText(chunkOf({ content: ' word' }))

/** One event as a chunk of HTTP. */
function chunked(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
}

const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n'

/** A vendor down to its bytes: what it does when it is asked, and when our half of the connection is closed. */
interface Manners {
  asked(socket: Socket): void
  left?(socket: Socket): void
}

const certificate = selfSigned()

async function startBareVendor(manners: Manners, isSecret: boolean) {
  const sockets = new Set<Socket>()
  const serve = (socket: Socket): void => {
    socket.on('error', () => undefined)
    let asked = ''
    socket.on('data', (bytes) => {
      asked += bytes
      if (!asked.includes('"messages"')) return
      asked = ''
      manners.asked(socket)
    })
    socket.once('end', () => manners.left?.(socket))
  }
  const server: Server = isSecret
    ? createTlsServer({ ...certificate, allowHalfOpen: true }, serve)
    : createTcpServer({ allowHalfOpen: true }, serve)
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `${isSecret ? 'https' : 'http'}://localhost:${port}/v1`,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

describe.each([
  ['in the open', false],
  ['over TLS', true],
])('a caller who leaves a stream that came %s', (_, isSecret) => {
  const trusted = getCACertificates('default')
  let world: World
  let vendor: Awaited<ReturnType<typeof startBareVendor>> | null

  beforeAll(() => setDefaultCACertificates([...trusted, certificate.cert]))
  afterAll(() => setDefaultCACertificates(trusted))

  beforeEach(async () => {
    world = await startWorld()
    vendor = null
  })

  afterEach(async () => {
    expect(world.ledger.reservedNanos).toBe(0n)
    expect(world.ledger.entries).toHaveLength(1)
    await world.close()
    await vendor?.close()
  })

  async function serve(manners: Manners): Promise<void> {
    vendor = await startBareVendor(manners, isSecret)
    world.route = { ...world.route, deployments: [deploymentOf(vendor)] }
  }

  /** Calls, leaves when `isTime`, and waits for what was booked. */
  async function callAndLeave(isTime: Promise<unknown>, more: object = {}) {
    const leave = new AbortController()
    const response = world.post({ ...chat, ...more }, { signal: leave.signal })
    response.then((answer) => answer.text()).catch(() => undefined)
    await isTime
    leave.abort()
    const { outcome, reservedNanos } = await eventually(() => world.ledger.entries[0])
    expect(outcome).toMatchObject({ status: 499, errorCode: 'client_gone', estimated: true })
    return { ...outcome, reservedNanos }
  }

  function moment(): { isHere: Promise<void>; come(): void } {
    const { promise, resolve } = Promise.withResolvers<void>()
    return { isHere: promise, come: resolve }
  }

  test('pays what the vendor says before it feels that, to the token', async () => {
    const begun = moment()
    await serve({
      asked: (socket) => socket.write(head + chunked(word).repeat(3), begun.come),
      left: (socket) => socket.end(chunked(word).repeat(200)),
    })
    expect(await callAndLeave(begun.isHere)).toMatchObject({ costNanos: inputNanos + 203n * outputNanos })
  })

  test('pays what the vendor says in its last moment also where nothing had come before', async () => {
    const asked = moment()
    await serve({
      asked: () => asked.come(),
      left: (socket) => socket.end(head + chunked(word).repeat(40)),
    })
    expect(await callAndLeave(asked.isHere)).toMatchObject({ costNanos: inputNanos + 40n * outputNanos })
  })

  test('pays the input where the vendor ends and has said nothing', async () => {
    const asked = moment()
    await serve({ asked: () => asked.come(), left: (socket) => socket.end() })
    expect(await callAndLeave(asked.isHere)).toMatchObject({ costNanos: inputNanos })
  })

  test('pays what came where the vendor breaks off', async () => {
    const begun = moment()
    await serve({
      asked: (socket) => socket.write(head + chunked(word).repeat(3), begun.come),
      left: (socket) => socket.destroy(),
    })
    expect(await callAndLeave(begun.isHere)).toMatchObject({ costNanos: inputNanos + 3n * outputNanos })
  })

  test('pays for all that was allowed where the vendor falls silent and does not end', async () => {
    const begun = moment()
    await serve({ asked: (socket) => socket.write(head + chunked(word).repeat(3), begun.come) })
    const { costNanos } = await callAndLeave(begun.isHere)
    expect(costNanos).toBe(inputNanos + BigInt(mostTokens) * outputNanos)
  })

  test('pays the estimate where the vendor has said nothing and does not end', async () => {
    const asked = moment()
    await serve({ asked: () => asked.come() })
    const { costNanos, reservedNanos } = await callAndLeave(asked.isHere)
    expect(costNanos).toBe(reservedNanos)
  })

  test('pays a little more than what came where the vendor goes on as if nobody had left, until it is cut', async () => {
    const begun = moment()
    const isCut = moment()
    let written = 0
    await serve({
      asked(socket) {
        socket.write(head)
        const timer = setInterval(() => {
          if (!socket.writable) return
          socket.write(chunked(word), (error) => {
            if (!error) written++
          })
          if (written > 3) begun.come()
        }, 20)
        socket.once('close', () => {
          clearInterval(timer)
          isCut.come()
        })
      },
    })
    const { costNanos } = await callAndLeave(begun.isHere)
    expect(costNanos).toBeGreaterThanOrEqual(inputNanos + BigInt(written) * outputNanos)
    expect(costNanos).toBeLessThan(inputNanos + BigInt(mostTokens) * outputNanos)
    await isCut.isHere
  })

  test.each([
    ['o3', {}, true],
    ['o3', { reasoning_effort: 'none' }, false],
    ['gpt-4o', {}, false],
  ])('pays for what %s may have thought unseen, asked with %o: %s', async (upstreamModel, more, mayThink) => {
    const begun = moment()
    await serve({
      asked: (socket) => void setTimeout(() => socket.write(head + chunked(word), begun.come), 200),
      left: (socket) => socket.end(),
    })
    world.route.deployments[0]!.upstreamModel = upstreamModel
    const { costNanos } = await callAndLeave(begun.isHere, more)
    const said = inputNanos + outputNanos
    if (!mayThink) expect(costNanos).toBe(said)
    // A timer is never early by much: 300 tokens a second in 0.2 seconds.
    else expect(costNanos).toBeGreaterThan(said + 50n * outputNanos)
    expect(costNanos).toBeLessThanOrEqual(inputNanos + BigInt(mostTokens) * outputNanos)
  })

  test('pays nothing where nothing has been sent', async () => {
    const { send } = world.gateway.upstream
    const asked = moment()
    const left = moment()
    let refusal: unknown
    await serve({ asked: () => expect.unreachable('it was sent') })
    world.gateway.upstream.send = async (request) => {
      asked.come()
      request.left!.addEventListener('abort', left.come)
      await left.isHere
      try {
        return await send(request)
      } catch (error) {
        refusal = error
        throw error
      }
    }
    const leave = new AbortController()
    const response = world.post(chat, { signal: leave.signal }).catch(() => undefined)
    await asked.isHere
    leave.abort()
    await response
    const entry = await eventually(() => world.ledger.entries[0])
    expect(entry).toMatchObject({ kind: 'release', outcome: { costNanos: 0n, errorCode: 'client_gone' } })
    expect(refusal).toBeInstanceOf(NotDispatched)
  })
})

describe('a call that waits for its connection', () => {
  let vendor: Server
  let baseUrl: string
  const sockets = new Set<Socket>()
  const pools = openPools({ headersMs: longSilenceMs, idleMs: longSilenceMs, isAllowedAddress: () => true })

  // It takes connections, and never says a word of TLS.
  beforeAll(async () => {
    vendor = createTcpServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
    })
    vendor.listen(0, '127.0.0.1')
    await once(vendor, 'listening')
    baseUrl = `https://127.0.0.1:${(vendor.address() as AddressInfo).port}/v1`
  })

  afterAll(async () => {
    for (const socket of sockets) socket.destroy()
    vendor.close()
    await pools.close()
  })

  const send = (stopped: AbortSignal, left: AbortSignal) =>
    sendUpstream(pools, {
      deployment: deploymentOf({ baseUrl }),
      path: '/chat/completions',
      headers: {},
      body: '{}',
      signal: stopped,
      left,
      connectMs: longSilenceMs,
    })

  test('is not sent, and not waited for, when its caller leaves', async () => {
    const left = new AbortController()
    const connecting = once(vendor, 'connection')
    const sent = send(new AbortController().signal, left.signal)
    const refused = expect(sent).rejects.toBeInstanceOf(NotDispatched)
    await connecting
    left.abort()
    await refused
  })

  test('is not sent when it was stopped before', async () => {
    const reason = new Error('too late')
    const sent = send(AbortSignal.abort(reason), new AbortController().signal)
    await expect(sent).rejects.toMatchObject({ cause: reason })
  })

  test('is not waited for when it is stopped', async () => {
    const stopped = new AbortController()
    const connecting = once(vendor, 'connection')
    const sent = send(stopped.signal, new AbortController().signal)
    const late = expect(sent).rejects.toSatisfy(
      (error) => error instanceof NotDispatched && error.code === 'upstream_timeout',
    )
    await connecting
    stopped.abort(new StipendError('upstream_timeout', 'The provider took too long to answer.'))
    await late
  })
})

describe('hanging up', () => {
  test('leaves a connection alone that carries another call by now', async () => {
    const vendor = await startVendor()
    const pools = openPools({ headersMs: longSilenceMs, idleMs: longSilenceMs, isAllowedAddress: () => true })
    const ports: number[] = []
    let finishLast: () => void = () => undefined
    vendor.script = (response, { body }) => {
      ports.push(response.socket!.remotePort!)
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('first ')
      if (body.isLong) finishLast = () => response.end('last')
      else response.end('last')
    }
    const left = new AbortController()
    const send = (body: object, leaves?: AbortSignal) =>
      sendUpstream(pools, {
        deployment: deploymentOf(vendor),
        path: '/chat/completions',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: new AbortController().signal,
        ...(leaves && { left: leaves }),
      })
    const textOf = async (body: AsyncIterable<Uint8Array>) => (await readAll(body, 100)).toString()
    // Whole, unread, and its connection free again: seen by that another call comes on the same one.
    const unread = await send({}, left.signal)
    let long = await send({ isLong: true })
    while (ports.at(-1) !== ports[0]) {
      finishLast()
      await textOf(long.body)
      long = await send({ isLong: true })
    }
    left.abort()
    const rest = textOf(long.body)
    // Another connection shows that this side has had its say, and the vendor its chance to notice.
    await textOf((await send({})).body)
    finishLast()
    expect(await rest).toBe('first last')
    expect(await textOf(unread.body)).toBe('first last')
    await vendor.close()
    await pools.close()
  })
})
