import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NewKey } from '#lib/keys/create-key.ts'
import { brokenInvariants } from '../ledger/invariants.ts'
import { type Fleet, openFleet, type Seen } from './open-fleet.ts'
import type { GatewayProcess } from './start-gateway.ts'

/** At length: PROVE_REQUESTS=10000 (npm run prove -- labelling --requests 10000). */
const isLong = process.env.PROVE_REQUESTS !== undefined
const calls = Number(process.env.PROVE_REQUESTS ?? 300)
const perSecond = isLong ? 150 : 50
const burst = perSecond * 1.2

let fleet: Fleet
let gateway: GatewayProcess
let key: NewKey

beforeAll(async () => {
  fleet = await openFleet({
    vendors: 1,
    behaviour: { latencyMs: 50, outputTokens: 8, requestsPerMinute: perSecond * 60 },
    requestsPerMinute: perSecond * 60,
  })
  // A machine that is busy with other things is not taken for a vendor that is silent.
  gateway = await fleet.startGateway({ STIPEND_UPSTREAM_TIMEOUT_SECONDS: '60' })
  key = await fleet.addKey()
})

afterAll(async () => {
  await gateway?.stop()
  await fleet?.close()
})

test('a labelling job at ten times the limit of its vendor is answered whole, in about the ideal time', {
  timeout: 900_000,
}, async () => {
  const startMs = performance.now()
  const pending: Promise<Seen>[] = []
  while (pending.length < calls) {
    const due = Math.min(calls, ((performance.now() - startMs) / 1000) * perSecond * 10)
    while (pending.length < due) pending.push(fleet.call(gateway, key))
    await new Promise((done) => setTimeout(done, 5))
  }
  const seen = await Promise.all(pending)
  const tookSeconds = (performance.now() - startMs) / 1000
  // What the vendor takes at once is not waited for.
  const idealSeconds = (calls - burst) / perSecond
  const refused = fleet.vendors[0]!.journal.calls.filter(({ status }) => status === 429).length
  if (isLong) {
    console.log(
      `labelling: ${seen.filter(({ isWhole }) => isWhole).length} of ${calls} whole, offered at ${perSecond * 10} /s to a vendor of ${perSecond} /s: ` +
        `${tookSeconds.toFixed(1)} s, ideal ${idealSeconds.toFixed(1)} s; the vendor refused ${refused} attempts, callers saw none`,
    )
    expect(tookSeconds).toBeLessThan(idealSeconds * 1.05)
  }
  expect(seen.filter(({ isWhole }) => !isWhole)).toEqual([])
  await expect
    .poll(async () => (await fleet.query('SELECT FROM ledger_entries')).length, { timeout: 60_000 })
    .toBe(calls)
  const [booked] = await fleet.query<{ spent: string }>('SELECT sum(cost_nanos)::text AS spent FROM ledger_entries')
  expect(BigInt(booked!.spent)).toBe(await fleet.owed())
  expect(await brokenInvariants(fleet.query, { settled: true })).toEqual({})
})
