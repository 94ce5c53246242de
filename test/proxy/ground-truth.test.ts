import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { highestCostOf } from '#lib/core/price.ts'
import type { Fault } from '#simulator/faults.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { deploymentOf, eventually, price, startWorld, type World } from './support/world.ts'

const messages = [{ role: 'user', content: 'Which model should we start with?' }]

/** What the ledger books, held against what the vendor's own journal says that it served. */
describe('against the journal of the vendor', () => {
  let world: World
  let simulator: Simulator

  beforeAll(async () => {
    simulator = await startSimulator()
    world = await startWorld()
    world.route = {
      ...world.route,
      deployments: [deploymentOf({ baseUrl: simulator.url }, { upstreamModel: 'gpt-4o' })],
    }
  })

  afterAll(async () => {
    await world.close()
    await simulator.close()
  })

  afterEach(() => {
    expect(world.ledger.reservedNanos).toBe(0n)
    world.ledger.entries.length = 0
    world.ledger.reservations.length = 0
    simulator.control.reset()
    simulator.journal.reset()
  })

  async function call(more: object): Promise<{ status: number; text: string }> {
    const response = await world.post({ model: 'gpt-4o', messages, max_tokens: 60, ...more })
    return { status: response.status, text: await response.text().catch(() => '') }
  }

  /** The journal's tokens at the price; the journal is right by definition. */
  function servedNanos(): bigint {
    return simulator.journal.calls
      .map(({ promptTokens, servedTokens }) =>
        highestCostOf(promptTokens, servedTokens, { ...price, cacheReadPerMtok: null }),
      )
      .reduce((sum, nanos) => sum + nanos, 0n)
  }

  const booked = (): bigint => world.ledger.entries.reduce((sum, { outcome }) => sum + outcome.costNanos, 0n)

  describe.each([
    ['a plain answer', false],
    ['a stream', true],
  ])('%s', (_, stream) => {
    test('costs to the nano-dollar what was served, many at once', async () => {
      await Promise.all(Array.from({ length: 30 }, (_, index) => call({ stream, max_tokens: 5 + index })))
      expect(simulator.journal.calls).toHaveLength(30)
      expect(booked()).toBe(servedNanos())
    })

    test('costs the same wherever its bytes are cut', async () => {
      simulator.control.add({ cutSeed: 7, outputTokens: 30 })
      await call({ stream, n: 2 })
      expect(simulator.journal.calls[0]?.servedTokens).toBe(60)
      expect(booked()).toBe(servedNanos())
    })

    /** free: refused, so nothing is owed. served: what the journal says. kept: nobody knows, so the whole estimate. */
    const expected: Record<Fault, [status: number, cost: 'free' | 'served' | 'kept']> = {
      'bad-request': [400, 'free'],
      unauthorized: [502, 'free'],
      forbidden: [502, 'free'],
      'not-found': [404, 'free'],
      timeout: [408, 'free'],
      'too-large': [413, 'free'],
      'rate-limit': [429, 'free'],
      'rate-limit-retry-after': [429, 'free'],
      'out-of-credit': [429, 'free'],
      'server-error': [502, 'free'],
      'bad-gateway-html': [502, 'free'],
      unavailable: [502, 'free'],
      overloaded: [502, 'free'],
      hang: [504, 'kept'],
      'reset-before-headers': [502, 'kept'],
      'reset-mid-chunk': stream ? [200, 'served'] : [502, 'kept'],
      'reset-between-events': stream ? [200, 'served'] : [502, 'kept'],
      'end-without-done': [200, 'served'],
      'error-mid-stream': [200, 'served'],
      'invalid-json': stream ? [200, 'served'] : [502, 'kept'],
      'wrong-content-type': [200, 'served'],
      'enormous-body': stream ? [200, 'served'] : [502, 'kept'],
      'usage-missing': [200, 'served'],
      'usage-null': [200, 'served'],
      'usage-twice': [200, 'served'],
    }

    test.each(Object.entries(expected))('%s', async (fault, [status, cost]) => {
      simulator.control.add({ fault: fault as Fault })
      const answer = await call({ stream })
      expect(answer.status).toBe(status)
      expect(simulator.journal.calls).toHaveLength(1)
      const entry = await eventually(() => world.ledger.entries[0])
      expect(entry.kind).toBe('settlement')
      if (cost === 'free') expect(booked()).toBe(0n)
      if (cost === 'kept') expect(booked()).toBe(entry.reservedNanos)
      if (cost === 'served') {
        const nanos = servedNanos()
        // A guess of ours may be a token or two above what was written before a cut, never below.
        expect(booked()).toBeGreaterThanOrEqual(nanos)
        expect(booked()).toBeLessThanOrEqual(nanos + (entry.outcome.estimated ? 30_000n : 0n))
      }
    })
  })

  test('what the vendor reports beyond what was reserved is booked whole', async () => {
    simulator.control.add({
      reportedUsage: { prompt_tokens: 10, completion_tokens: 1_000_000, total_tokens: 1_000_010 },
    })
    await call({})
    expect(booked()).toBe(10n * 2_500n + 1_000_000n * 10_000n)
  })

  test.each([false, true])('what it reports below what it wrote is not believed (stream: %s)', async (stream) => {
    simulator.control.add({
      outputTokens: 40,
      reportedUsage: { prompt_tokens: 15, completion_tokens: 1, total_tokens: 16 },
    })
    await call({ stream })
    expect(simulator.journal.calls[0]?.servedTokens).toBe(40)
    expect(booked()).toBeGreaterThanOrEqual(15n * 2_500n + 40n * 10_000n)
    expect(world.ledger.entries[0]?.outcome.estimated).toBe(true)
  })

  test('a budget that pays for exactly ten calls pays for exactly ten', async () => {
    const { limitNanos } = world.ledger
    simulator.control.add({ outputTokens: 20, latencyMs: 5 })
    await call({ max_tokens: 20 })
    const each = booked()
    // A token more, because this vendor does not count the role of a message as OpenAI does.
    world.ledger.limitNanos = world.ledger.spentNanos + each * 10n + 2_500n
    const statuses: number[] = []
    for (let left = 15; left > 0; left--) statuses.push((await call({ max_tokens: 20 })).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(10)
    expect(statuses.filter((status) => status === 402)).toHaveLength(5)
    expect(world.ledger.spentNanos).toBeLessThanOrEqual(world.ledger.limitNanos)
    world.ledger.limitNanos = limitNanos
  })

  test('a caller who leaves is charged at least what it got, and the vendor is left', async () => {
    simulator.control.add({ outputTokens: 500, chunkDelayMs: 5 })
    const leave = new AbortController()
    const response = await world.post({ model: 'gpt-4o', messages, stream: true }, { signal: leave.signal })
    const reader = response.body?.getReader()
    for (let chunk = 0; chunk < 10; chunk++) await reader?.read()
    leave.abort()
    const { outcome } = await eventually(() => world.ledger.entries[0])
    expect(outcome).toMatchObject({ status: 499, estimated: true })
    expect(outcome.usage.outputTokens).toBeGreaterThanOrEqual(9)
    expect(outcome.usage.outputTokens).toBeLessThan(100)
    await eventually(() => simulator.journal.calls[0]?.end === 'left by the caller')
  })
})
