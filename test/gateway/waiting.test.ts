import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { formatUsd } from '#lib/core/money.ts'
import type { NewKey } from '#lib/keys/create-key.ts'
import { getKey } from '#lib/keys/get-key.ts'
import { verifyLedger } from '#lib/ledger/verify-ledger.ts'
import { asOwner } from '../support/as-owner.ts'
import { model, type RunningLab, startLab } from './start-lab.ts'

const waitSeconds = 5

let lab: RunningLab
/** What one call sets aside. */
let held: bigint

beforeAll(async () => {
  process.env.STIPEND_BUDGET_WAIT_SECONDS = String(waitSeconds)
  lab = await startLab()
  const probe = await lab.addKey('1')
  await call(probe)
  const rows = (await asOwner(lab.database, 'SELECT reserved_nanos FROM requests WHERE key_id = $1', [probe.id])) as {
    reserved_nanos: string
  }[]
  held = BigInt(rows[0]!.reserved_nanos)
})

afterAll(() => lab?.close())

beforeEach(() => {
  lab.simulator.control.reset()
  lab.simulator.journal.reset()
})

function call(key: NewKey, signal?: AbortSignal): Promise<Response> {
  return fetch(`${lab.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hi' }], max_tokens: 12 }),
    ...(signal && { signal }),
  })
}

/** A key that can pay for two calls, but not set aside two at once. */
const addTightKey = () => lab.addKey(formatUsd(held * 2n - 1n))

const isOnItsWay = (key: NewKey) => expect.poll(async () => (await getKey(lab.member, key.id)).reservedNanos).toBe(held)

describe('a call that only other calls stand in the way of', () => {
  it('waits for them, is served, and says how long it waited', async () => {
    const key = await addTightKey()
    lab.simulator.control.set({ latencyMs: 400 })
    const first = call(key)
    await isOnItsWay(key)
    const second = await call(key)
    expect(second.status).toBe(200)
    expect(Number(second.headers.get('x-stipend-budget-wait-ms'))).toBeGreaterThan(0)
    const before = await first
    expect(before.status).toBe(200)
    expect(before.headers.get('x-stipend-budget-wait-ms')).toBeNull()
    expect(await verifyLedger(lab.member)).toMatchObject({ ok: true })
  })

  it('is told after the longest wait to try again, and what holds the money', async () => {
    const key = await addTightKey()
    lab.simulator.control.set({ latencyMs: waitSeconds * 1000 * 3 })
    const gone = new AbortController()
    const first = call(key, gone.signal).catch(() => null)
    await isOnItsWay(key)
    const second = await call(key)
    expect(second.status).toBe(429)
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
    const { error } = (await second.json()) as { error: { code: string; details: object } }
    expect(error).toMatchObject({
      code: 'rate_limit_exceeded',
      details: { budget_scope: 'key', reserved_usd: formatUsd(held) },
    })
    gone.abort()
    await first
  })

  it('stops waiting when its caller leaves, and takes nothing', async () => {
    const key = await addTightKey()
    lab.simulator.control.set({ latencyMs: 1_500 })
    const first = call(key)
    await isOnItsWay(key)
    const gone = new AbortController()
    const second = call(key, gone.signal).catch(() => null)
    setTimeout(() => gone.abort(), 200)
    expect(await second).toBeNull()
    expect((await first).status).toBe(200)
    await expect
      .poll(() =>
        asOwner(lab.database, 'SELECT status, cost_nanos FROM requests WHERE key_id = $1 ORDER BY status', [key.id]),
      )
      .toEqual([
        { status: 200, cost_nanos: expect.anything() },
        { status: 499, cost_nanos: '0' },
      ])
    expect(lab.simulator.journal.calls).toHaveLength(1)
    expect(await getKey(lab.member, key.id)).toMatchObject({ reservedNanos: 0n })
    expect(await verifyLedger(lab.member)).toMatchObject({ ok: true })
  })
})
