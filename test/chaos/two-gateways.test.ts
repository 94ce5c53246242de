import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NewKey } from '#lib/keys/create-key.ts'
import { brokenInvariants } from '../ledger/invariants.ts'
import { findRedis, type RunningRedis, startRedis } from '../reliability/find-redis.ts'
import { type Fleet, openFleet } from './open-fleet.ts'
import type { GatewayProcess } from './start-gateway.ts'

const command = findRedis()
if (!command) console.warn('\n  No Redis is to be had here: what two gateway processes share is NOT tested.\n')

let fleet: Fleet

beforeAll(async () => {
  fleet = await openFleet({ vendors: 1, behaviour: { latencyMs: 10, chunkDelayMs: 5, outputTokens: 8 } })
})

afterAll(async () => {
  await fleet?.close()
})

describe.skipIf(!command)('two gateway processes with one Redis', () => {
  let redis: RunningRedis
  let gateways: GatewayProcess[]

  beforeAll(async () => {
    redis = await startRedis(command!)
    gateways = await Promise.all([1, 2].map(() => fleet.startGateway({ REDIS_URL: redis.url })))
    await untilShared()
  })

  afterAll(async () => {
    await Promise.all(gateways?.map((gateway) => gateway.stop()) ?? [])
    await redis?.kill()
  })

  /** How many of `calls` at once, in turn by each gateway, got what. */
  async function rush(key: NewKey, calls: number): Promise<Record<string, number>> {
    const seen = await Promise.all(
      Array.from({ length: calls }, (_, index) => fleet.call(gateways[index % gateways.length]!, key)),
    )
    const tally: Record<string, number> = {}
    for (const { status, isWhole } of seen) {
      const name = status === 200 && !isWhole ? 'cut' : String(status)
      tally[name] = (tally[name] ?? 0) + 1
    }
    return tally
  }

  /** Until both know of Redis: then one can use all of a limit, and nothing of it is left at the other. */
  async function untilShared(): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      const [one, other] = gateways as [GatewayProcess, GatewayProcess]
      const key = await fleet.addKey({ requestsPerDay: 4 })
      const used = await Promise.all(Array.from({ length: 4 }, () => fleet.call(one, key)))
      const late = await Promise.all(Array.from({ length: 2 }, () => fleet.call(other, key)))
      if (used.every(({ status }) => status === 200) && late.every(({ status }) => status === 429)) return
      await new Promise((done) => setTimeout(done, 50))
    }
    throw new Error('the gateways never shared')
  }

  test('hold a limit together, to the request', async () => {
    expect(await rush(await fleet.addKey({ requestsPerDay: 100 }), 400)).toEqual({ 200: 100, 429: 300 })
  })

  test('go on when Redis is killed in the middle of a run, and hold limits together when it is back', async () => {
    const ample = await fleet.addKey({ requestsPerMinute: 100_000 })
    const running = rush(ample, 200)
    await redis.kill()
    expect(await running).toEqual({ 200: 200 })
    // Each grants its share: never more than the limit together.
    const alone = await rush(await fleet.addKey({ requestsPerDay: 40 }), 120)
    expect(alone).toEqual({ 200: expect.any(Number), 429: expect.any(Number) })
    expect(alone['200']).toBeLessThanOrEqual(40)
    expect(gateways.every((gateway) => gateway.isAlive())).toBe(true)
    redis = await startRedis(command!, redis.port)
    await untilShared()
    expect(await rush(await fleet.addKey({ requestsPerDay: 30 }), 100)).toEqual({ 200: 30, 429: 70 })
    expect(await brokenInvariants(fleet.query)).toEqual({})
  })
})

/** A balancer that asks /readyz and keeps connections alive, as balancers do. */
async function startBalancer(gateways: Set<GatewayProcess>) {
  const ready = new Set(gateways)
  const look = setInterval(async () => {
    for (const gateway of gateways) {
      const isReady = await fetch(gateway.baseUrl.replace(/v1$/, 'readyz')).then(
        (response) => response.ok,
        () => false,
      )
      if (isReady && gateways.has(gateway)) ready.add(gateway)
      else ready.delete(gateway)
    }
  }, 50)
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    const choices = [...ready]
    const gateway = new URL(choices[turn++ % choices.length]!.baseUrl)
    const { method, url, headers } = incoming
    const upstream = httpRequest(
      { host: gateway.hostname, port: gateway.port, method, path: url, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.headers)
        answer.pipe(outgoing)
        answer.once('aborted', () => outgoing.destroy())
      },
    )
    upstream.once('error', () => outgoing.destroy())
    incoming.pipe(upstream)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    ready,
    async close() {
      clearInterval(look)
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

test('a rolling restart under load fails no request and cuts no stream', async () => {
  const settings = { STIPEND_DRAIN_SECONDS: '1' }
  const gateways = new Set([await fleet.startGateway(settings), await fleet.startGateway(settings)])
  const balancer = await startBalancer(gateways)
  const key = await fleet.addKey()
  let isOver = false
  let whole = 0
  const failed: unknown[] = []
  const through = { baseUrl: balancer.baseUrl } as GatewayProcess
  const load = Array.from({ length: 8 }, async () => {
    while (!isOver) {
      const seen = await fleet.call(through, key)
      if (seen.isWhole) whole++
      else failed.push(seen)
    }
  })
  for (const old of [...gateways]) {
    const before = whole
    await expect.poll(() => whole, { timeout: 30_000 }).toBeGreaterThan(before + 20)
    const young = await fleet.startGateway(settings)
    gateways.add(young)
    await expect.poll(() => balancer.ready.has(young), { timeout: 30_000 }).toBe(true)
    await old.stop()
    gateways.delete(old)
    balancer.ready.delete(old)
  }
  isOver = true
  await Promise.all(load)
  await balancer.close()
  for (const gateway of gateways) await gateway.stop()
  expect(failed).toEqual([])
  expect(whole).toBeGreaterThan(40)
  expect(await brokenInvariants(fleet.query, { settled: true })).toEqual({})
})
