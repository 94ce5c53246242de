import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { parseUsd } from '#lib/core/money.ts'
import { highestCostOf } from '#lib/core/price.ts'
import { openHealth } from '#proxy/routing/open-health.ts'
import { openQueue } from '#proxy/routing/open-queue.ts'
import type { FaultName } from '#simulator/faults/faults.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { loadTokenizer } from '#simulator/writing/load-tokenizer.ts'
import { baseUrlOf, type Upstream, upstreamNames, upstreams } from '../clients/support/open-lab.ts'
import {
  deploymentOf,
  eventually,
  price,
  routeOf,
  shortSilenceMs,
  startWorld,
  type World,
} from '../proxy/support/world.ts'
import { type ClientDialect, clientDialects } from './client-dialects.ts'

let world: World
let vendors: Simulator[]
/** Every request as the vendors got it. */
let bodies: string[]

beforeAll(async () => {
  await loadTokenizer()
  vendors = await Promise.all([startSimulator(), startSimulator()])
  world = await startWorld()
  Object.assign(world.gateway.settings, { maxAttempts: 4, backoffMs: 1, upstreamHeadersMs: shortSilenceMs })
  const { send } = world.gateway.upstream
  world.gateway.upstream.send = (request) => {
    bodies.push(Buffer.from(request.body).toString())
    return send(request)
  }
})

afterEach(() => {
  expect(world.ledger.reservedNanos).toBe(0n)
  expect(world.turns).toBe(0)
  world.ledger.entries.length = 0
  for (const vendor of vendors) {
    vendor.control.reset()
    vendor.journal.reset()
  }
})

afterAll(async () => {
  await world.close()
  await Promise.all(vendors.map((vendor) => vendor.close()))
})

/** The first vendor breaks after `atToken` tokens; the second speaks what is said. */
function serve(upstream: Upstream, { isContinued = true, fault = 'reset-mid-chunk' as FaultName, atToken = 10 } = {}) {
  const deployments = vendors.map((vendor, index) =>
    deploymentOf(
      { baseUrl: baseUrlOf(vendor, upstreams[upstream].wire) },
      { ...upstreams[upstream], speaks: [upstream], id: `d${index}`, providerId: `p${index}`, priority: index },
    ),
  )
  world.route = routeOf('gpt-4o', deployments)
  Object.assign(world.route.policy, { isContinued, idleMs: shortSilenceMs })
  const { clock } = world.gateway
  world.gateway.health = openHealth({ clock })
  world.gateway.queue = openQueue({ clock, health: world.gateway.health })
  vendors[0]!.control.set({ fault, outputTokens: 30, faultAtToken: atToken })
  vendors[1]!.control.set({ outputTokens: 12 })
  bodies = []
}

/** What a caller has read, whatever the dialect: the deltas of its text, put together. */
function textOf(stream: string): string {
  const values = stream.split('\n').flatMap((line) => {
    if (!line.startsWith('data: {')) return []
    return [JSON.parse(line.slice(6))]
  })
  return values
    .map(
      (value) =>
        value.choices?.[0]?.delta?.content ??
        (value.type === 'content_block_delta' ? value.delta.text : undefined) ??
        (value.type === 'response.output_text.delta' ? value.delta : undefined) ??
        value.candidates?.[0]?.content?.parts?.map(({ text = '' }: { text?: string }) => text).join('') ??
        '',
    )
    .join('')
}

const servedBy = ({ journal }: Simulator): bigint =>
  journal.calls.reduce(
    (sum, one) => sum + highestCostOf(one.promptTokens, one.servedTokens, { ...price, cacheReadPerMtok: null }),
    0n,
  )

async function ask(client: keyof typeof clientDialects) {
  const dialect: ClientDialect = clientDialects[client]
  const response = await world.post(dialect.body(true), { path: dialect.path(true) })
  const text = await response.text()
  const { outcome } = await eventually(() => world.ledger.entries[0])
  return { dialect, text, outcome }
}

const pairs = (Object.keys(clientDialects) as (keyof typeof clientDialects)[]).flatMap((client) =>
  upstreamNames.map((upstream) => [client, upstream] as const),
)

describe.each(pairs)('an answer in %s of a vendor of %s that breaks', (client, upstream) => {
  test('is gone on with by another, and its caller sees one', async () => {
    serve(upstream)
    const { dialect, text, outcome } = await ask(client)
    expect(dialect.isWhole(text, true)).toBe(true)
    expect(dialect.saysBroken(text)).toBe(false)
    const [broken, following] = vendors.map(({ journal }) => journal.calls)
    expect([broken!.length, following!.length]).toEqual([1, 1])
    // One beginning and one end, and the words of both between them.
    const said = textOf(text)
    for (const once of [
      '"delta":{"role":"assistant"',
      'event: message_start',
      'event: response.created',
      'event: message_stop',
    ])
      expect(text.split(once).length).toBeLessThanOrEqual(2)
    expect(bodies).toHaveLength(2)
    const [, second] = bodies
    const partial = said.slice(0, 20)
    expect(partial.length).toBe(20)
    expect(second).toContain(JSON.stringify(partial).slice(1, -1))
    expect(second).toContain('Go on exactly where it ends')
    expect(outcome).toMatchObject({ status: 200, errorCode: null, estimated: true })
    expect(outcome.attempts.map(({ fate, deploymentId }) => [fate, deploymentId])).toEqual([
      ['served', 'd0'],
      ['served', 'd1'],
    ])
    // Both are paid: the first by what was seen of it.
    const kept = parseUsd(outcome.attempts[0]!.keptUsd!)!
    expect(kept).toBeGreaterThanOrEqual(servedBy(vendors[0]!))
    expect(outcome.costNanos).toBe(servedBy(vendors[1]!) + kept)
  })
})

describe('an answer that breaks', () => {
  test('is an error where the route does not want more', async () => {
    serve('openai-chat', { isContinued: false })
    const { dialect, text } = await ask('openai-chat')
    expect(dialect.isWhole(text, true)).toBe(false)
    expect(dialect.saysBroken(text)).toBe(true)
    expect(bodies).toHaveLength(1)
  })

  test('is gone on with when it just ends, and when its vendor says that it failed', async () => {
    for (const fault of ['end-early', 'hang-mid-stream', 'reset-between-events'] as const) {
      serve('openai-chat', { fault })
      world.ledger.entries.length = 0
      for (const { journal } of vendors) journal.reset()
      const { dialect, text } = await ask('openai-chat')
      expect(dialect.isWhole(text, true)).toBe(true)
      expect(bodies).toHaveLength(2)
    }
  })

  test('breaks for its caller too when nobody can go on, and all that was tried is owed', async () => {
    serve('openai-chat')
    vendors[1]!.control.reset()
    vendors[1]!.control.set({ fault: 'reset-before-headers' })
    world.gateway.settings.maxAttempts = 2
    const { dialect, text, outcome } = await ask('openai-chat')
    world.gateway.settings.maxAttempts = 4
    expect(dialect.saysBroken(text)).toBe(true)
    expect(outcome).toMatchObject({ status: 200, errorCode: 'upstream_error' })
    expect(outcome.attempts.map(({ fate }) => fate)).toEqual(['served', 'lost'])
    const kept = parseUsd(outcome.attempts[1]!.keptUsd!)!
    expect(outcome.attempts[0]!.keptUsd).toBeNull()
    expect(outcome.costNanos).toBeGreaterThanOrEqual(servedBy(vendors[0]!) + kept)
  })

  test('breaks when a budget does not pay for going on', async () => {
    serve('openai-chat')
    const before = world.ledger.limitNanos
    // Enough for the first attempt's bound, and nothing beside it.
    world.ledger.limitNanos = world.ledger.spentNanos + 3_000_000n
    const { dialect, text, outcome } = await ask('openai-chat')
    world.ledger.limitNanos = before
    expect(outcome.costNanos).toBeLessThanOrEqual(3_000_000n)
    expect(dialect.isWhole(text, true) || dialect.saysBroken(text)).toBe(true)
  })

  test('is settled when its caller leaves while another is asked to go on', async () => {
    serve('openai-chat')
    vendors[1]!.control.reset()
    vendors[1]!.control.set({ fault: 'hang' })
    const leaving = new AbortController()
    const dialect = clientDialects['openai-chat']
    const response = await world.post(dialect.body(true), { path: dialect.path(), signal: leaving.signal })
    const reading = response.text().catch(() => null)
    await expect.poll(() => vendors[1]!.journal.calls.length).toBe(1)
    leaving.abort()
    expect(await reading).toBeNull()
    const { outcome } = await eventually(() => world.ledger.entries[0])
    expect(outcome).toMatchObject({ status: 499, errorCode: 'client_gone' })
    expect(outcome.attempts.map(({ fate }) => fate)).toEqual(['served', 'lost'])
    expect(outcome.costNanos).toBeGreaterThan(parseUsd(outcome.attempts[1]!.keptUsd!)!)
  })

  test('twice is gone on with twice', async () => {
    serve('openai-chat')
    vendors[1]!.control.reset()
    vendors[1]!.control.set({ fault: 'reset-mid-chunk', outputTokens: 30, faultAtToken: 8, times: 1 })
    vendors[1]!.control.set({ outputTokens: 12 })
    world.route.deployments.push({ ...world.route.deployments[1]!, id: 'd2', providerId: 'p2', priority: 2 })
    const { dialect, text, outcome } = await ask('openai-chat')
    expect(dialect.isWhole(text, true)).toBe(true)
    expect(outcome.attempts.length).toBeGreaterThanOrEqual(3)
    expect(text.split('"role":"assistant"').length).toBe(2)
  })
})
