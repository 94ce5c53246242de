import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { highestCostOf } from '#lib/core/price.ts'
import { openHealth } from '#proxy/routing/open-health.ts'
import { openQueue } from '#proxy/routing/open-queue.ts'
import { type FaultName, faultNames } from '#simulator/faults/faults.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { deploymentOf, eventually, longSilenceMs, price, startWorld, type World } from './support/world.ts'

const messages = [{ role: 'user', content: 'Which model should we start with?' }]

/**
 * Status and cost of each fault. free: refused, so nothing is owed. served: what the journal says. kept: nobody
 * knows, so the whole estimate. allowed: the prompt, and all of the output that it was allowed, for we read no further.
 * double: the vendor says twice what it served, and what it says is booked.
 */
function expected(
  fault: FaultName,
  stream: boolean,
): [status: number, cost: 'free' | 'served' | 'kept' | 'allowed' | 'double'] {
  if (/^status-4(00|04|08|13|29)/.test(fault)) return [Number(fault.slice('status-'.length).slice(0, 3)), 'free']
  if (/^status-|^html|^redirect/.test(fault)) return [502, 'free']
  if (fault === 'hang') return [504, 'kept']
  if (/^reset-(before|after)-headers$|^empty-body$/.test(fault)) return [502, 'kept']
  if (fault === 'usage-doubled') return [200, 'double']
  if (stream) return [200, fault === 'enormous-body' ? 'allowed' : 'served']
  if (fault === 'hang-mid-stream') return [504, 'kept']
  if (fault === 'error-mid-stream') return [502, 'free']
  return /^reset-|^invalid-json|^enormous-body/.test(fault) ? [502, 'kept'] : [200, 'served']
}

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
    // Both sides read their vocabulary at the first call, which would be time out of our patience with the vendor.
    await call({})
    forget()
  })

  afterAll(async () => {
    await world.close()
    await simulator.close()
  })

  afterEach(() => {
    expect(world.ledger.reservedNanos).toBe(0n)
    forget()
    simulator.control.reset()
    // Each fault is the first that this gateway sees.
    const { clock } = world.gateway
    const health = openHealth({ clock })
    Object.assign(world.gateway, { health, queue: openQueue({ clock, health }) })
  })

  function forget(): void {
    world.ledger.entries.length = 0
    world.ledger.reservations.length = 0
    simulator.journal.reset()
  }

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
      simulator.control.set({ cutBytes: true, seed: 7, outputTokens: 30 })
      await call({ stream, n: 2 })
      expect(simulator.journal.calls[0]?.servedTokens).toBe(60)
      expect(booked()).toBe(servedNanos())
    })

    test.each(faultNames)('%s', async (fault) => {
      const [status, cost] = expected(fault, stream)
      // Only a vendor who is silent for good is given up soon: a busy machine is not taken for one.
      const isSilent = fault.startsWith('hang')
      world.gateway.settings.upstreamHeadersMs = isSilent ? 1_000 : longSilenceMs
      world.route.policy.idleMs = isSilent ? 1_000 : null
      simulator.control.set({ fault, outputTokens: 40, ...(fault === 'slow' && { latencyMs: 100, chunkDelayMs: 1 }) })
      const answer = await call({ stream })
      expect(answer.status).toBe(status)
      expect(simulator.journal.calls).toHaveLength(1)
      const entry = await eventually(() => world.ledger.entries[0])
      expect(entry.kind).toBe('settlement')
      expect(entry.outcome.requestId).toBe(simulator.journal.calls[0]?.requestId)
      if (cost === 'free') expect(booked()).toBe(0n)
      if (cost === 'kept') expect(booked()).toBe(entry.reservedNanos)
      if (cost === 'allowed') expect(entry.outcome.usage.outputTokens).toBe(60)
      if (cost === 'double') expect(booked()).toBe(2n * servedNanos())
      if (cost === 'served') {
        const nanos = servedNanos()
        // Where we had to count, a cut word may be a token more than the vendor wrote; never less.
        expect(booked()).toBeGreaterThanOrEqual(nanos)
        expect(booked()).toBeLessThanOrEqual(nanos + (entry.outcome.estimated ? 30_000n : 0n))
      }
    })
  })

  test('what the vendor reports beyond what was reserved is booked whole', async () => {
    simulator.control.set({
      reportedUsage: { promptTokens: 10, completionTokens: 1_000_000 },
    })
    await call({})
    expect(booked()).toBe(10n * 2_500n + 1_000_000n * 10_000n)
  })

  test.each([false, true])('what it reports below what it wrote is not believed (stream: %s)', async (stream) => {
    simulator.control.set({
      outputTokens: 40,
      reportedUsage: { completionTokens: 1 },
    })
    await call({ stream })
    expect(simulator.journal.calls[0]?.servedTokens).toBe(40)
    expect(booked()).toBeGreaterThanOrEqual(servedNanos())
    expect(world.ledger.entries[0]?.outcome.estimated).toBe(true)
  })

  test('half of what a document of short words took is not believed', async () => {
    simulator.control.set({ fault: 'usage-halved' })
    for (let seed = 0; seed < 20; seed++) {
      simulator.control.set({ outputTokens: 26 + seed, seed })
      await call({})
    }
    expect(simulator.journal.calls).toHaveLength(20)
    for (const { outcome } of world.ledger.entries) expect(outcome.estimated).toBe(true)
    expect(booked()).toBeGreaterThanOrEqual(servedNanos())
  })

  test('a budget that pays for exactly ten calls pays for exactly ten', async () => {
    const { limitNanos } = world.ledger
    simulator.control.set({ outputTokens: 20, latencyMs: 5 })
    await call({ max_tokens: 20 })
    const each = booked()
    world.ledger.limitNanos = world.ledger.spentNanos + each * 10n
    const statuses: number[] = []
    for (let left = 15; left > 0; left--) statuses.push((await call({ max_tokens: 20 })).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(10)
    expect(statuses.filter((status) => status === 402)).toHaveLength(5)
    expect(world.ledger.spentNanos).toBe(world.ledger.limitNanos)
    world.ledger.limitNanos = limitNanos
  })

  test('a caller who leaves is charged at least what it got, and the vendor is left', async () => {
    // Half a minute of it: however busy the machine is, nobody reads on for so long.
    simulator.control.set({ outputTokens: 6000, chunkDelayMs: 5 })
    const leave = new AbortController()
    const response = await world.post({ model: 'gpt-4o', messages, stream: true }, { signal: leave.signal })
    const reader = response.body?.getReader()
    for (let chunk = 0; chunk < 10; chunk++) await reader?.read()
    leave.abort()
    const { outcome } = await eventually(() => world.ledger.entries[0])
    expect(outcome).toMatchObject({ status: 499, estimated: true })
    expect(outcome.usage.outputTokens).toBeGreaterThanOrEqual(9)
    expect(outcome.usage.outputTokens).toBeLessThan(6000)
    await eventually(() => simulator.journal.calls[0]?.outcome === 'aborted')
  })
})
