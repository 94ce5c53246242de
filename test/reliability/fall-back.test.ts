import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formatUsd, parseUsd } from '#lib/core/money.ts'
import { highestCostOf, type Price } from '#lib/core/price.ts'
import type { Deployment, Route } from '#proxy/gateway.ts'
import { type Script, sayHello, sayJson } from '../proxy/support/vendor.ts'
import { deploymentOf, price, routeOf, startWorld, type World } from '../proxy/support/world.ts'

const chat = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }], max_tokens: 50 }
/** What sayHello costs: 9 tokens in, 3 out. */
const helloNanos = 52_500n

let world: World
/** How each upstream model answers; missing: with hello. */
let scripts: Record<string, Script>

beforeEach(async () => {
  world = await startWorld()
  scripts = {}
  world.vendor.script = (response, visit) => (scripts[String(visit.body.model)] ?? sayHello)(response, visit)
  Object.assign(world.gateway.settings, { maxAttempts: 5, backoffMs: 1 })
})

afterEach(async () => {
  await world.close()
  expect(world.ledger.reservedNanos).toBe(0n)
  expect(world.turns).toBe(0)
})

function deployment(name: string, more: Partial<Deployment> = {}): Deployment {
  return deploymentOf(world.vendor, { id: name, providerId: name, providerName: name, upstreamModel: name, ...more })
}

function serve(deployments: Deployment[], more: Partial<Route> = {}): void {
  world.route = routeOf('gpt-4o', deployments, more)
}

const visited = (): unknown[] => world.vendor.visits.map(({ body }) => body.model)
const outcome = () => world.ledger.entries.at(-1)!.outcome
const dearer = (factor: bigint): Price => ({
  ...price,
  inputPerMtok: price.inputPerMtok * factor,
  cacheReadPerMtok: null,
  outputPerMtok: price.outputPerMtok * factor,
})
const tooLong = sayJson({ error: { code: 'context_length_exceeded', message: 'maximum context length is 8192' } }, 400)
const filtered = sayJson({ error: { code: 'content_filter', message: 'The response was filtered' } }, 400)
const reset: Script = (response) => void response.destroy()

describe('a model that takes over', () => {
  test('answers when all deployments failed, and says so', async () => {
    scripts = { a: sayJson({}, 500), b: sayJson({}, 503) }
    serve([deployment('a'), deployment('b', { priority: 1 })], {
      fallbacks: { general: [routeOf('other', [deployment('c')])], context: [], content: [] },
    })
    const response = await world.post(chat)
    expect(response.status).toBe(200)
    expect(visited()).toEqual(['a', 'b', 'c'])
    expect(response.headers.get('x-stipend-model')).toBe('other')
    expect(outcome()).toMatchObject({ model: 'gpt-4o', costNanos: helloNanos, deployment: { id: 'c' } })
    expect(outcome().attempts.map(({ model, fate, keptUsd }) => [model, fate, keptUsd])).toEqual([
      ['gpt-4o', 'refused', null],
      ['gpt-4o', 'refused', null],
      ['other', 'served', null],
    ])
  })

  test('is paid for before it is called, and only what it may cost more', async () => {
    scripts = { a: sayJson({}, 500) }
    const other = deployment('c', { price: dearer(10n) })
    serve([deployment('a')], { fallbacks: { general: [routeOf('other', [other])], context: [], content: [] } })
    let heldAtDispatch = 0n
    scripts.c = (response, visit) => {
      heldAtDispatch = world.ledger.reservedNanos
      return sayHello(response, visit)
    }
    expect((await world.post(chat)).status).toBe(200)
    const [reserved] = world.ledger.reservations
    expect(world.ledger.topUps).toEqual([heldAtDispatch])
    expect(heldAtDispatch).toBe(reserved! * 10n)
    expect(outcome().costNanos).toBe(9n * 25_000n + 3n * 100_000n)
  })

  test('is not called when no budget pays for it', async () => {
    scripts = { a: sayJson({}, 500) }
    const other = deployment('c', { price: dearer(10n) })
    serve([deployment('a')], {
      policy: { ...world.route.policy, maxAttempts: 1 },
      fallbacks: { general: [routeOf('other', [other])], context: [], content: [] },
    })
    world.route.policy.maxAttempts = 3
    world.ledger.limitNanos = 2_000_000n
    const response = await world.post(chat)
    expect(response.status).toBe(502)
    expect(visited()).not.toContain('c')
    expect(outcome().costNanos).toBe(0n)
  })

  test('is cut to what is left when the cap is not the own one of the caller', async () => {
    scripts = { a: sayJson({}, 500) }
    const other = deployment('c', { price: dearer(10n) })
    serve([deployment('a')], { fallbacks: { general: [routeOf('other', [other])], context: [], content: [] } })
    world.ledger.limitNanos = 30_000_000n
    const response = await world.post({ ...chat, max_tokens: undefined })
    expect(response.status).toBe(200)
    const sent = Number(
      world.vendor.visits.at(-1)?.body.max_completion_tokens ?? world.vendor.visits.at(-1)?.body.max_tokens,
    )
    expect(sent).toBeGreaterThanOrEqual(16)
    expect(BigInt(sent) * 100_000n).toBeLessThanOrEqual(30_000_000n)
  })

  test.each([
    ['context', tooLong, 'long'],
    ['content', filtered, 'open'],
  ] as const)('for %s is another one than for failures', async (_, script, expected) => {
    scripts = { a: script, b: script }
    serve([deployment('a'), deployment('b', { priority: 1 })], {
      fallbacks: {
        general: [routeOf('other', [deployment('any')])],
        context: [routeOf('longer', [deployment('long')])],
        content: [routeOf('opener', [deployment('open')])],
      },
    })
    expect((await world.post(chat)).status).toBe(200)
    expect(visited()).toEqual(['a', expected])
  })

  test.each([tooLong, filtered])('is missing: the words of the vendor pass', async (script) => {
    scripts = { a: script }
    serve([deployment('a'), deployment('b', { priority: 1 })], {
      fallbacks: { general: [routeOf('other', [deployment('any')])], context: [], content: [] },
    })
    const response = await world.post(chat)
    expect(response.status).toBe(400)
    expect(visited()).toEqual(['a'])
  })
})

describe('an attempt that was lost', () => {
  test('keeps its estimate beside the cost of the answer, and both were held before the second was sent', async () => {
    scripts = { a: reset }
    serve([deployment('a'), deployment('b', { priority: 1 })])
    let heldAtDispatch = 0n
    scripts.b = (response, visit) => {
      heldAtDispatch = world.ledger.reservedNanos
      return sayHello(response, visit)
    }
    const response = await world.post(chat)
    expect(response.status).toBe(200)
    const [first] = world.ledger.reservations
    expect(heldAtDispatch).toBe(first! * 2n)
    expect(outcome()).toMatchObject({ costNanos: first! + helloNanos, estimated: true })
    expect(parseUsd(response.headers.get('x-stipend-lost-usd') ?? '')).toBe(first)
    expect(parseUsd(response.headers.get('x-stipend-cost-usd') ?? '')).toBe(first! + helloNanos)
    expect(outcome().attempts.map(({ fate, keptUsd }) => [fate, keptUsd && parseUsd(keptUsd)])).toEqual([
      ['lost', first],
      ['served', null],
    ])
  })

  test('says its cost in the final usage of a stream too', async () => {
    scripts = { a: reset }
    serve([deployment('a'), deployment('b', { priority: 1 })])
    const response = await world.post({ ...chat, stream: true, stream_options: { include_usage: true } })
    const text = await response.text()
    const [first] = world.ledger.reservations
    expect(text).toContain(`"cost":"${formatUsd(first! + helloNanos)}"`)
    expect(outcome().costNanos).toBe(first! + helloNanos)
  })

  test('is not repeated when the budget cannot pay for both', async () => {
    scripts = { a: reset }
    serve([deployment('a'), deployment('b', { priority: 1 })])
    const bound = highestCostOf(JSON.stringify(chat).length + 128, 50, price)
    world.ledger.limitNanos = bound + bound / 2n
    const response = await world.post(chat)
    expect(response.status).toBe(502)
    expect(visited()).toEqual(['a'])
    expect(outcome().costNanos).toBe(world.ledger.reservations[0])
    expect(world.ledger.spentNanos <= world.ledger.limitNanos).toBe(true)
  })

  test('is charged as often as it happened when nothing answers', async () => {
    scripts = { a: reset }
    serve([deployment('a')], { policy: { ...world.route.policy, maxAttempts: 3 } })
    const response = await world.post(chat)
    expect(response.status).toBe(502)
    expect(visited()).toEqual(['a', 'a', 'a'])
    expect(outcome().costNanos).toBe(world.ledger.reservations[0]! * 3n)
    expect(outcome().attempts.map(({ fate }) => fate)).toEqual(['lost', 'lost', 'lost'])
  })
})

describe('another try', () => {
  test('of the same deployment survives what passes', async () => {
    let calls = 0
    scripts.a = (response, visit) => (++calls < 3 ? sayJson({}, 503)(response) : sayHello(response, visit))
    serve([deployment('a')])
    expect((await world.post(chat)).status).toBe(200)
    expect(calls).toBe(3)
    expect(outcome().costNanos).toBe(helloNanos)
  })

  test('waits as long as the vendor said', async () => {
    let calls = 0
    scripts.a = (response, visit) => {
      if (++calls > 1) return sayHello(response, visit)
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after-ms': '150' }).end('{}')
    }
    serve([deployment('a')])
    const startedAt = performance.now()
    expect((await world.post(chat)).status).toBe(200)
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(148)
    expect(calls).toBe(2)
  })

  test('is not made when the vendor said to wait longer than the route waits', async () => {
    scripts.a = (response) =>
      void response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '60' }).end('{"slow":"down"}')
    serve([deployment('a')])
    const response = await world.post(chat)
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('60')
    expect(visited()).toEqual(['a'])
    // The next one is not even sent: it would be refused, and counted.
    const next = await world.post(chat)
    expect(next.status).toBe(429)
    expect(Number(next.headers.get('retry-after'))).toBeGreaterThan(50)
    expect(visited()).toEqual(['a'])
    expect(world.ledger.entries.at(-1)).toMatchObject({ kind: 'record', outcome: { costNanos: 0n } })
  })

  test('ends with the attempts of the route', async () => {
    scripts = { a: sayJson({}, 500), b: sayJson({}, 500) }
    serve([deployment('a'), deployment('b')], { policy: { ...world.route.policy, maxAttempts: 4 } })
    expect((await world.post(chat)).status).toBe(502)
    expect(visited()).toHaveLength(4)
  })

  test('ends with the time of the route', async () => {
    scripts.a = (response) =>
      void response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '60' }).end('{}')
    serve([deployment('a')], { policy: { ...world.route.policy, totalMs: 30_000 } })
    expect((await world.post(chat)).status).toBe(502)
    expect(visited()).toEqual(['a'])
  })

  test('is made when Google calls a bad credential a wrong argument', async () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }]
    scripts.a = sayJson(
      { error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT', details } },
      400,
    )
    serve([deployment('a'), deployment('b', { priority: 1 })])
    expect((await world.post(chat)).status).toBe(200)
    expect(visited()).toEqual(['a', 'b'])
    serve([deployment('a')])
    const alone = await world.post(chat)
    expect([alone.status, await alone.text()]).toEqual([502, expect.not.stringContaining('API key')])
  })

  test('with the same account is not made when the account was refused', async () => {
    scripts = { a: sayJson({}, 401), b: sayJson({}, 401) }
    serve([
      deployment('a', { providerId: 'one' }),
      deployment('b', { providerId: 'one', priority: 1 }),
      deployment('c', { priority: 2 }),
    ])
    expect((await world.post(chat)).status).toBe(200)
    expect(visited()).toEqual(['a', 'c'])
  })

  test('ends when the caller leaves', async () => {
    world.gateway.settings.backoffMs = 60_000
    scripts = { a: sayJson({}, 500) }
    serve([deployment('a')], { policy: { ...world.route.policy, totalMs: 600_000 } })
    const leave = new AbortController()
    const pending = world.post(chat, { signal: leave.signal }).catch(() => null)
    while (world.vendor.visits.length === 0) await new Promise((done) => setTimeout(done, 5))
    setTimeout(() => leave.abort(), 20)
    await pending
    while (world.ledger.entries.length === 0) await new Promise((done) => setTimeout(done, 5))
    expect(outcome()).toMatchObject({ status: 499, costNanos: 0n })
  })
})

describe('patience of a route', () => {
  const hang: Script = () => {}

  test('ends the wait for a first token', async () => {
    scripts = { a: hang }
    serve([deployment('a'), deployment('b', { priority: 1 })], { policy: { ...world.route.policy, firstTokenMs: 600 } })
    const response = await world.post({ ...chat, stream: true })
    expect(response.status).toBe(200)
    await response.text()
    expect(visited()).toEqual(['a', 'b'])
  })

  test('ends a stream that takes longer than all of it may', async () => {
    scripts.a = async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (let count = 0; count < 100 && !response.destroyed; count++) {
        response.write('data: {"choices":[{"index":0,"delta":{"content":"x"}}]}\n\n')
        await new Promise((done) => setTimeout(done, 20))
      }
    }
    serve([deployment('a')], { policy: { ...world.route.policy, totalMs: 200 } })
    const text = await (await world.post({ ...chat, stream: true })).text()
    expect(text).toContain('upstream_timeout')
    expect(outcome()).toMatchObject({ errorCode: 'upstream_timeout', estimated: true })
    expect(outcome().costNanos).toBeGreaterThan(0n)
  })
})
