import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openHealth } from '#proxy/routing/open-health.ts'
import { openQueue } from '#proxy/routing/open-queue.ts'
import { readLimits } from '#proxy/routing/read-limits.ts'
import { type Script, sayHello, sayJson } from '../proxy/support/vendor.ts'
import { caller, deploymentOf, routeOf, startWorld, type World } from '../proxy/support/world.ts'

const chat = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }], max_tokens: 5 }
const perSecond = 100

let world: World
let refused: number

beforeEach(async () => {
  world = await startWorld()
  refused = 0
  const { gateway } = world
  Object.assign(gateway.settings, { maxAttempts: 3, queueWaitMs: 60_000, commentEveryMs: 20 })
})

afterEach(async () => {
  await world.close()
  expect(world.ledger.reservedNanos).toBe(0n)
  expect(world.turns).toBe(0)
})

/** A vendor that takes so many a second, a small burst included, and refuses the rest. */
function strictVendor(headers = false): Script {
  const burst = perSecond * 1.2
  let left = burst
  let filledAt = performance.now()
  return (response, visit) => {
    const now = performance.now()
    left = Math.min(burst, left + ((now - filledAt) * perSecond) / 1000)
    filledAt = now
    if (left < 1) {
      refused++
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after-ms': '200' }).end('{}')
      return
    }
    left -= 1
    if (headers) {
      response.setHeader('x-ratelimit-limit-requests', String(burst))
      response.setHeader('x-ratelimit-remaining-requests', String(Math.floor(left)))
      response.setHeader('x-ratelimit-reset-requests', `${Math.round(((burst - left) * 1000) / perSecond)}ms`)
    }
    return sayHello(response, visit)
  }
}

function serve(requestsPerMinute: number | null): void {
  world.route = routeOf('gpt-4o', [deploymentOf(world.vendor, { requestsPerMinute })])
}

async function job(calls: number): Promise<number[]> {
  return Promise.all(
    Array.from({ length: calls }, async () => {
      const response = await world.post(chat)
      await response.arrayBuffer()
      return response.status
    }),
  )
}

test('a job of ten times the limit is done in about the ideal time, and nobody is refused', async () => {
  world.vendor.script = strictVendor()
  serve(perSecond * 60)
  const calls = perSecond * 4
  const startedAt = performance.now()
  const statuses = await job(calls)
  const tookMs = performance.now() - startedAt
  expect(statuses.filter((status) => status !== 200)).toEqual([])
  expect(refused).toBeLessThan(calls / 20)
  // What the vendor takes at once is not waited for. Generous above: others load the machine.
  expect(tookMs).toBeGreaterThan((calls * 1000) / perSecond - 1_500)
  expect(tookMs).toBeLessThan(((calls * 1000) / perSecond) * 3)
})

test('the limit is learned from the headers of answers where nobody configured it', async () => {
  world.vendor.script = strictVendor(true)
  serve(null)
  // Until an answer tells of it nothing is known.
  expect(await job(1)).toEqual([200])
  const statuses = await job(150)
  expect(statuses.filter((status) => status !== 200)).toEqual([])
})

test('keys take turns: a small job does not wait for a large one', async () => {
  world.vendor.script = sayHello
  serve(perSecond * 60)
  const order: string[] = []
  const send = async (name: string): Promise<void> => {
    await (await world.post(chat)).arrayBuffer()
    order.push(name)
  }
  const large = Array.from({ length: 350 }, () => send('large'))
  await expect.poll(() => order.length, { timeout: 10_000 }).toBeGreaterThan(perSecond)
  world.caller = { ...caller, keyId: 'another' }
  const small = Array.from({ length: 10 }, () => send('small'))
  await Promise.all(small)
  expect(order.filter((name) => name === 'large').length).toBeLessThan(340)
  await Promise.all(large)
})

describe('whoever waits', () => {
  /** How many have been told to wait. */
  let told: number

  /** Takes all that there is at once. Time stands still until so many wait, however busy the machine is. */
  async function exhaust(waiters = 1): Promise<void> {
    const startedAtMs = Date.now()
    let lostMs: number | null = null
    const queue = openQueue({
      clock: { now: () => (lostMs === null ? startedAtMs : Date.now() - lostMs) },
      health: world.gateway.health,
    })
    told = 0
    world.gateway.queue = {
      ...queue,
      enter: (request) =>
        queue.enter({
          ...request,
          onWait(position) {
            if (++told === waiters) lostMs = Date.now() - startedAtMs
            request.onWait(position)
          },
        }),
    }
    world.vendor.script = sayHello
    serve(60)
    const [status] = await job(1)
    expect(status).toBe(200)
  }

  test('is told its place and how long it was', async () => {
    await exhaust()
    const response = await world.post(chat)
    expect(response.status).toBe(200)
    expect(response.headers.get('x-stipend-queue-position')).toBe('1')
    expect(Number(response.headers.get('x-stipend-queued-ms'))).toBeGreaterThan(0)
  })

  test('may say how long: not at all is a refusal that says when', async () => {
    await exhaust()
    const response = await world.post(chat, { headers: { 'x-stipend-max-wait': '0' } })
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after-ms'))).toBeGreaterThan(0)
    expect(await response.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } })
    const wrong = await world.post(chat, { headers: { 'x-stipend-max-wait': 'long' } })
    expect(wrong.status).toBe(400)
  })

  test('has all its time to be answered when its turn has come', async () => {
    await exhaust()
    world.gateway.settings.beginWithinMs = 300
    const response = await world.post(chat)
    expect(response.status).toBe(200)
    expect(Number(response.headers.get('x-stipend-queued-ms'))).toBeGreaterThan(300)
  })

  test('holds no money meanwhile', async () => {
    await exhaust()
    const reservations = world.ledger.reservations.length
    const pending = world.post(chat)
    await new Promise((done) => setTimeout(done, 100))
    expect(world.ledger.reservations).toHaveLength(reservations)
    expect((await pending).status).toBe(200)
  })

  test('hears on a stream that it lives, and then gets the stream', async () => {
    await exhaust()
    const response = await world.post({ ...chat, stream: true })
    expect(response.status).toBe(200)
    const text = await response.text()
    expect(text.startsWith(': queued\n\n')).toBe(true)
    expect(text.match(/: queued/g)!.length).toBeGreaterThan(2)
    expect(text).toContain('Hello')
    expect(text).toContain('[DONE]')
  })

  test('hears of a failure as an event when the stream had begun', async () => {
    await exhaust()
    world.vendor.script = sayJson({ error: {} }, 401)
    const text = await (await world.post({ ...chat, stream: true })).text()
    expect(text).toMatch(/^: queued/)
    expect(text).toContain('upstream_error')
  })

  test('and leaves costs nothing', async () => {
    await exhaust()
    const leave = new AbortController()
    const pending = world.post(chat, { signal: leave.signal }).catch(() => null)
    await expect.poll(() => told).toBe(1)
    leave.abort()
    await pending
    await expect.poll(() => world.ledger.entries.at(-1)?.outcome.status).toBe(499)
    expect(world.ledger.entries.at(-1)?.kind).toBe('record')
  })

  test('with a high priority goes first', async () => {
    await exhaust(2)
    const order: string[] = []
    const send = async (name: string): Promise<void> => {
      const response = await world.post(chat, { headers: { 'x-stipend-priority': name } })
      await response.arrayBuffer()
      order.push(name)
    }
    const low = send('low')
    await expect.poll(() => told).toBe(1)
    await Promise.all([low, send('high')])
    expect(order).toEqual(['high', 'low'])
  })
})

test('whoever waits is not let loose on a vendor that rests', async () => {
  const clock = { now: Date.now }
  const health = openHealth({ clock })
  Object.assign(world.gateway, { health, queue: openQueue({ clock, health }) })
  Object.assign(world.gateway.settings, { maxAttempts: 5, backoffMs: 300, beginWithinMs: 60_000 })
  serve(perSecond * 60)
  let isDown = false
  world.vendor.script = (response, visit) => (isDown ? sayJson({}, 500)(response) : sayHello(response, visit))
  const answered = job(250)
  await expect.poll(() => world.vendor.visits.length).toBeGreaterThan(100)
  isDown = true
  await expect.poll(() => health.rank(world.route.deployments, null).ready.length, { timeout: 10_000 }).toBe(0)
  const visitsAtRest = world.vendor.visits.length
  isDown = false
  const statuses = await answered
  expect(visitsAtRest).toBeLessThan(200)
  expect(statuses.filter((status) => status !== 200)).toEqual([])
})

test('a queue that is full refuses', async () => {
  const clock = { now: Date.now }
  const health = openHealth({ clock })
  world.gateway.queue = openQueue({ clock, health, mostWaiting: 1 })
  world.vendor.script = sayHello
  serve(60)
  const statuses = await job(9)
  expect(statuses.filter((status) => status === 200)).toHaveLength(2)
  expect(statuses.filter((status) => status === 429)).toHaveLength(7)
})

test.each([
  [
    {
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-remaining-requests': '59',
      'x-ratelimit-reset-requests': '1m30s',
    },
    90_000,
  ],
  [
    {
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-remaining-requests': '59',
      'x-ratelimit-reset-requests': '7.66s',
    },
    7_660,
  ],
  [
    {
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-remaining-requests': '59',
      'x-ratelimit-reset-requests': '12ms',
    },
    12,
  ],
  [
    {
      'anthropic-ratelimit-requests-limit': '60',
      'anthropic-ratelimit-requests-remaining': '59',
      'anthropic-ratelimit-requests-reset': '2026-01-01T00:00:10Z',
    },
    10_000,
  ],
])('%o is read', (headers, fullInMs) => {
  expect(readLimits(headers, Date.parse('2026-01-01T00:00:00Z'))).toEqual([
    { kind: 'requests', most: 60, left: 59, fullInMs },
  ])
})
