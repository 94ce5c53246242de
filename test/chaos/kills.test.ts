import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewKey } from '#lib/keys/create-key.ts'
import { brokenInvariants } from '../ledger/invariants.ts'
import { randomFrom } from '../proxy/support/random.ts'
import { seeds } from '../support/seeds.ts'
import { type CrashPoint, crashPoints, tapOf } from './crash-points.ts'
import { holdAgainstJournal } from './hold-against-journal.ts'
import { type House, model, openHouse } from './open-house.ts'
import type { GatewayProcess } from './start-gateway.ts'

let house: House
let key: NewKey

beforeAll(async () => {
  house = await openHouse()
  key = await house.addKey('1000')
})

afterAll(async () => {
  await house?.close()
})

/** Asks for an answer and reads it to its end; a gateway that dies in between is no error here. */
async function call(gateway: GatewayProcess, stream: boolean): Promise<void> {
  try {
    const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model,
        stream,
        max_tokens: 60,
        messages: [{ role: 'user', content: 'How large is the sample?' }],
      }),
    })
    await response.text()
  } catch (error) {
    if (gateway.isAlive() && !(error instanceof TypeError)) throw error
  }
}

/** Nothing of a dead gateway is still at work in the database. */
async function untilQuiet(): Promise<void> {
  const text = `SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND usename LIKE 'stipend_app%' AND state <> 'idle'`
  await expect.poll(() => house.query(text), { timeout: 20_000 }).toEqual([])
}

async function kill(point: CrashPoint, seed: number): Promise<void> {
  const random = randomFrom(seed)
  // Half of the time it is the only request, so that what becomes of it is certain.
  const others = seed % 2 === 1 ? 0 : 1 + Math.floor(random() * 6)
  const outputTokens = 10 + Math.floor(random() * 40)
  house.simulator.control.reset()
  house.simulator.journal.reset()
  house.simulator.control.set({ seed, outputTokens, chunkDelayMs: point.name === 'mid-stream' ? 2 : 0, latencyMs: 1 })
  const [{ last }] = (await house.query<{ last: string }>(
    'SELECT coalesce(max(id), 0) AS last FROM ledger_entries',
  )) as [{ last: string }]
  const gateway = await house.startGateway()
  const tap = tapOf(point, house)
  let struck = false
  const strike = () => {
    struck = true
    gateway.signal('SIGKILL')
  }
  tap.watcher = point.watch(strike, 1 + Math.floor(random() * (others + 1)), random)
  const isStream = point.name === 'mid-stream' || random() < 0.5
  await Promise.all(Array.from({ length: 1 + others }, () => call(gateway, isStream)))
  // Batches may hold several requests, so the moment may not have come.
  gateway.signal('SIGKILL')
  await gateway.gone
  tap.watcher = null
  await house.simulator.journal.whenIdle()
  await untilQuiet()

  await house.passLeases()
  if ((await house.spooled()) > 0) await (await house.startGateway()).stop()
  expect(await house.spooled()).toBe(0)
  expect(await brokenInvariants(house.query, { settled: true })).toEqual({})
  expect(await holdAgainstJournal(house, { since: last })).toEqual([])
  if (others > 0) return
  if (point.leaves.length === 1) expect(struck).toBe(true)
  const entries = await house.query<{ kind: string }>('SELECT kind FROM ledger_entries WHERE id > $1', [last])
  expect(entries.length).toBeLessThanOrEqual(1)
  expect(point.leaves).toContain(entries[0]?.kind ?? null)
}

describe.each(crashPoints)('a gateway that is killed $name', (point) => {
  it.each(seeds(1))('leaves nothing lost, doubled or stuck (seed %i)', async (seed) => {
    await kill(point, seed)
  })
})
