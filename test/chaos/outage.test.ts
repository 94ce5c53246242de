import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NewKey } from '#lib/keys/create-key.ts'
import type { FaultName } from '#simulator/faults/faults.ts'
import { brokenInvariants } from '../ledger/invariants.ts'
import { type Fleet, openFleet, type Seen } from './open-fleet.ts'
import type { GatewayProcess } from './start-gateway.ts'

/** At length: PROVE_REQUESTS=20000 (npm run prove -- outage --requests 20000). */
const isLong = process.env.PROVE_REQUESTS !== undefined
const requests = Number(process.env.PROVE_REQUESTS ?? 240)
const perSecond = Number(process.env.PROVE_RATE ?? 40)
const faults: FaultName[] = ['reset-before-headers', 'hang', 'status-429-no-retry-after', 'status-500']

let fleet: Fleet
let gateways: GatewayProcess[]
let key: NewKey

beforeAll(async () => {
  fleet = await openFleet({
    vendors: 3,
    behaviour: { latencyMs: 20, outputTokens: 8 },
    // The short run is also made on machines that are busy with other things.
    route: { firstTokenTimeoutMs: isLong ? 2_000 : 5_000, maxAttempts: 8 },
  })
  gateways = await Promise.all([fleet.startGateway(), fleet.startGateway()])
  key = await fleet.addKey()
})

afterAll(async () => {
  await Promise.all(gateways?.map((gateway) => gateway.stop()) ?? [])
  await fleet?.close()
})

function percentile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!
}

test('each of three vendors dies, stalls, is at its limit and fails in turn: callers notice nothing, and the books are right', {
  timeout: 1_800_000,
}, async () => {
  // Healthy and faulty phases take turns.
  const phases = fleet.vendors.flatMap((vendor) =>
    faults.flatMap((fault) => [
      { vendor, fault: null },
      { vendor, fault },
    ]),
  )
  const phaseMs = (requests / perSecond / phases.length) * 1000
  const startMs = performance.now()
  const pending: Promise<Seen & { atMs: number; isHealthy: boolean }>[] = []
  const faultAtMs: number[] = []
  for (let sent = 0, phase = -1; sent < requests; sent++) {
    const dueMs = (sent * 1000) / perSecond
    const nowMs = performance.now() - startMs
    if (dueMs > nowMs) await new Promise((done) => setTimeout(done, dueMs - nowMs))
    const current = Math.min(phases.length - 1, Math.floor(dueMs / phaseMs))
    if (current !== phase) {
      phase = current
      for (const vendor of fleet.vendors) vendor.control.reset()
      const { vendor, fault } = phases[phase]!
      if (fault) {
        vendor.control.set({ fault })
        faultAtMs.push(performance.now() - startMs)
      }
    }
    const atMs = performance.now() - startMs
    const isHealthy = phases[phase]!.fault === null
    pending.push(fleet.call(gateways[sent % 2]!, key).then((seen) => ({ ...seen, atMs, isHealthy })))
  }
  for (const vendor of fleet.vendors) vendor.control.reset()
  const seen = await Promise.all(pending)
  await expect
    .poll(async () => (await fleet.query('SELECT FROM ledger_entries')).length, { timeout: 60_000 })
    .toBe(requests)

  const whole = seen.filter(({ isWhole }) => isWhole).length
  const healthyMs = percentile(
    seen.filter(({ isHealthy }) => isHealthy).map(({ firstTokenMs }) => firstTokenMs),
    0.99,
  )
  const outsideMs = percentile(
    seen
      .filter(({ atMs }) => !faultAtMs.some((at) => atMs >= at - 50 && atMs < at + 2_000))
      .map(({ firstTokenMs }) => firstTokenMs),
    0.99,
  )
  const [booked] = await fleet.query<{ spent: string }>('SELECT sum(cost_nanos)::text AS spent FROM ledger_entries')
  const owed = await fleet.owed()
  if (isLong) {
    const calls = fleet.vendors.reduce((sum, { journal }) => sum + journal.calls.length, 0)
    console.log(
      `outage: ${whole} of ${requests} whole at ${perSecond} /s on two gateways, ${calls} attempts; p99 first token ${Math.round(outsideMs)} ms ` +
        `outside the first 2 s of each fault, ${Math.round(healthyMs)} ms in healthy times; booked ${booked!.spent}, owed ${owed}`,
    )
  }
  expect(whole / requests).toBeGreaterThanOrEqual(0.9999)
  if (isLong) expect(outsideMs).toBeLessThanOrEqual(2 * healthyMs)
  expect(BigInt(booked!.spent)).toBe(owed)
  expect(await brokenInvariants(fleet.query, { settled: true })).toEqual({})
})
