import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseUsd } from '#lib/core/money.ts'
import { highestCostOf } from '#lib/core/price.ts'
import { openHealth } from '#proxy/routing/open-health.ts'
import { openQueue } from '#proxy/routing/open-queue.ts'
import type { FaultName } from '#simulator/faults/faults.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { deploymentOf, price, routeOf, startWorld, type World } from '../proxy/support/world.ts'

/** The long run: STIPEND_OUTAGE_REQUESTS=20000 (STIPEND_OUTAGE_RATE=100: three and a half minutes). */
const requests = Number(process.env.STIPEND_OUTAGE_REQUESTS ?? 480)
const perSecond = Number(process.env.STIPEND_OUTAGE_RATE ?? 50)
const isLong = process.env.STIPEND_OUTAGE_REQUESTS !== undefined

const faults: FaultName[] = ['reset-before-headers', 'hang', 'status-429-no-retry-after', 'status-500']
const outputTokens = 8

let world: World
let vendors: Simulator[]

beforeAll(async () => {
  vendors = await Promise.all(
    [0, 1, 2].map((seed) => startSimulator({ behaviour: { latencyMs: 20, outputTokens, seed } })),
  )
  world = await startWorld()
  Object.assign(world.gateway.settings, { maxAttempts: 5, backoffMs: 50, beginWithinMs: 60_000 })
  forget()
  const deployments = vendors.map((vendor, index) =>
    deploymentOf(
      { baseUrl: vendor.url },
      { id: `d${index}`, providerId: `p${index}`, providerName: `vendor ${index}` },
    ),
  )
  world.route = routeOf('gpt-4o', deployments)
  // The short run is also made on machines that are busy with other things.
  world.route.policy.firstTokenMs = isLong ? 2_000 : 5_000
  world.ledger.limitNanos = 10n ** 18n
})

afterAll(async () => {
  await world.close()
  await Promise.all(vendors.map((vendor) => vendor.close()))
})

/** The queue asks the same health that the attempts teach. */
function forget(): void {
  const { clock } = world.gateway
  const health = openHealth({ clock })
  Object.assign(world.gateway, { health, queue: openQueue({ clock, health }) })
}

interface Seen {
  ok: boolean
  atMs: number
  firstTokenMs: number
  phase: string
}

async function call(phase: string, startMs: number): Promise<Seen> {
  const sentMs = performance.now()
  const seen: Seen = { ok: false, atMs: sentMs - startMs, firstTokenMs: Number.NaN, phase }
  const messages = [{ role: 'user', content: 'Which model should we start with?' }]
  try {
    const response = await world.post({ model: 'gpt-4o', messages, max_tokens: 20, stream: true })
    const reader = response.body!.getReader()
    let text = ''
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (Number.isNaN(seen.firstTokenMs)) seen.firstTokenMs = performance.now() - sentMs
      text += Buffer.from(piece.value).toString()
    }
    seen.ok = response.status === 200 && text.includes('[DONE]') && !text.includes('"error"')
  } catch {
    seen.ok = false
  }
  return seen
}

function percentile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!
}

test('every vendor dies, stalls, is at its limit and fails in turn, and callers notice nothing', {
  timeout: 600_000,
}, async () => {
  // Healthy and faulty phases take turns.
  const phases = vendors.flatMap((vendor) =>
    faults.flatMap((fault) => [
      { vendor, fault: null },
      { vendor, fault },
    ]),
  )
  const phaseMs = (requests / perSecond / phases.length) * 1000
  const startMs = performance.now()
  const pending: Promise<Seen>[] = []
  const faultAtMs: number[] = []
  for (let sent = 0, phase = -1; sent < requests; sent++) {
    const dueMs = (sent * 1000) / perSecond
    const nowMs = performance.now() - startMs
    if (dueMs > nowMs) await new Promise((done) => setTimeout(done, dueMs - nowMs))
    const current = Math.min(phases.length - 1, Math.floor(dueMs / phaseMs))
    if (current !== phase) {
      phase = current
      for (const vendor of vendors) vendor.control.reset()
      // A fault of the short run is over before a vendor would be tried again by itself.
      if (!isLong) forget()
      const { vendor, fault } = phases[phase]!
      if (fault) {
        vendor.control.set({ fault })
        faultAtMs.push(performance.now() - startMs)
      }
    }
    pending.push(call(phases[phase]!.fault ?? 'healthy', startMs))
  }
  for (const vendor of vendors) vendor.control.reset()
  const seen = await Promise.all(pending)
  await expect.poll(() => world.ledger.entries.length, { timeout: 30_000 }).toBe(requests)

  const succeeded = seen.filter(({ ok }) => ok).length
  const settled = seen.filter(({ atMs }) => !faultAtMs.some((at) => atMs >= at - 50 && atMs < at + 2_000))
  const healthyMs = percentile(
    seen.filter(({ phase }) => phase === 'healthy').map(({ firstTokenMs }) => firstTokenMs),
    0.99,
  )
  const settledMs = percentile(
    settled.map(({ firstTokenMs }) => firstTokenMs),
    0.99,
  )
  const attempts = world.ledger.entries.flatMap(({ outcome }) => outcome.attempts)
  const kept = attempts.reduce((sum, { keptUsd }) => sum + (keptUsd ? (parseUsd(keptUsd) ?? 0n) : 0n), 0n)
  if (isLong) {
    console.log(
      JSON.stringify({
        requests,
        succeeded,
        attempts: attempts.length,
        lost: attempts.filter(({ fate }) => fate === 'lost').length,
        p99FirstTokenHealthyMs: Math.round(healthyMs),
        p99FirstTokenOutsideFirst2sMs: Math.round(settledMs),
      }),
    )
  }
  expect(succeeded / requests).toBeGreaterThanOrEqual(0.9999)
  if (isLong) expect(settledMs).toBeLessThanOrEqual(2 * healthyMs)

  // What was booked is what was served, and the estimate of each attempt that was lost; nothing else.
  const calls = vendors.flatMap(({ journal }) => journal.calls)
  const served = calls
    .filter(({ servedTokens }) => servedTokens > 0)
    .reduce(
      (sum, one) => sum + highestCostOf(one.promptTokens, one.servedTokens, { ...price, cacheReadPerMtok: null }),
      0n,
    )
  expect(world.ledger.spentNanos).toBe(served + kept)
  expect(calls).toHaveLength(attempts.filter(({ fate }) => fate !== 'unsent').length)
  expect(world.ledger.reservedNanos).toBe(0n)
})
