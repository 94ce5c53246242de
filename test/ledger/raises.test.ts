import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#lib/core/ids.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { brokenInvariants } from './invariants.ts'
import { type Key, type Lab, openLab, openNode, outcomeOf } from './lab.ts'

const usd = 1_000_000_000n
const never = new AbortController().signal

let database: TestDatabase
let lab: Lab
let node: Awaited<ReturnType<typeof openNode>>

beforeAll(async () => {
  database = await createTestDatabase()
  lab = await openLab(database.url)
  node = await openNode(database.appUrl, { waitMs: 0 })
})

afterAll(async () => {
  await node?.end()
  await lab?.close()
  await database?.drop()
})

function reserve(key: Key, nanos: bigint) {
  const amounts = { wantNanos: nanos, comfortNanos: nanos, floorNanos: nanos }
  return node.reserve({ requestId: newId(), caller: key, modelId: lab.modelId, ...amounts, signal: never })
}

async function spend(key: Key, nanos: bigint): Promise<'ok' | string> {
  try {
    const held = await reserve(key, nanos)
    await node.settle(held, outcomeOf(held.requestId, key, lab.modelId, nanos))
    return 'ok'
  } catch (error) {
    return (error as { code: string }).code
  }
}

async function raise(budgetId: string, nanos: bigint, lasts = '1 hour'): Promise<string> {
  const id = newId()
  await lab.query(
    `INSERT INTO budget_raises (id, organization_id, budget_id, amount_nanos, until, reason, actor)
     VALUES ($1, $2, $3, $4, now() + $5::interval, '', 'test')`,
    [id, lab.organizationId, budgetId, nanos, lasts],
  )
  return id
}

/** As if all raises of the budget had ended by the clock a moment ago, with nobody doing anything. */
const passTime = (budgetId: string) =>
  lab.query(
    `UPDATE budget_counters SET raise_ends = ARRAY(SELECT now() - interval '1 ms' FROM unnest(raise_ends)) WHERE budget_id = $1`,
    [budgetId],
  )

describe('a temporary raise', () => {
  it('is in force for the next request, to the nano-dollar, and adds up with others', async () => {
    const key = await lab.addKey()
    const budget = await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    expect(await spend(key, usd)).toBe('ok')
    expect(await spend(key, 1n)).toBe('insufficient_quota')
    await raise(budget, usd / 2n)
    await raise(budget, usd / 4n)
    expect(await spend(key, (usd * 3n) / 4n + 1n)).toBe('insufficient_quota')
    expect(await spend(key, (usd * 3n) / 4n)).toBe('ok')
    expect(await spend(key, 1n)).toBe('insufficient_quota')
    expect(await brokenInvariants(lab.query, { shifted: true })).toEqual({})
  })

  it('ends by the clock of the database while nobody does anything', async () => {
    const key = await lab.addKey()
    const budget = await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    await raise(budget, usd, '400 ms')
    for (;;) {
      const [{ over }] = (await lab.query<{ over: boolean }>(
        'SELECT until <= clock_timestamp() AS over FROM budget_raises WHERE budget_id = $1',
        [budget],
      )) as [{ over: boolean }]
      if (over) break
      await sleep(20)
    }
    await expect(reserve(key, usd + 1n)).rejects.toMatchObject({
      code: 'insufficient_quota',
      facts: { limit_usd: '1' },
    })
    expect(await spend(key, usd)).toBe('ok')
  })

  it('that ends under requests in flight lets these settle and nothing more through', async () => {
    const key = await lab.addKey()
    const budget = await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    await raise(budget, 2n * usd)
    const held = await Promise.all([reserve(key, usd), reserve(key, usd), reserve(key, usd)])
    await passTime(budget)
    await expect(reserve(key, 1n)).rejects.toMatchObject({ facts: { limit_usd: '1', reserved_usd: '3' } })
    await node.release(held[0], outcomeOf(held[0].requestId, key, lab.modelId, 0n))
    expect(await spend(key, 1n)).not.toBe('ok')
    for (const one of held.slice(1)) await node.settle(one, outcomeOf(one.requestId, key, lab.modelId, usd))
    expect(await spend(key, 1n)).toBe('insufficient_quota')
    expect(await brokenInvariants(lab.query, { shifted: true })).toEqual({})
    // The limit itself is not what it was while the raise ran.
    await lab.query('UPDATE budgets SET limit_nanos = $2 WHERE id = $1', [budget, 2n * usd + 5n])
    expect(await spend(key, 6n)).toBe('insufficient_quota')
    expect(await spend(key, 5n)).toBe('ok')
  })

  it('pays for no further attempt after its end', async () => {
    const key = await lab.addKey()
    const budget = await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    await raise(budget, usd)
    const held = await reserve(key, usd)
    await passTime(budget)
    const more = { requestId: held.requestId, modelId: lab.modelId, wantNanos: 2n * usd, floorNanos: 2n * usd }
    expect(await node.topUp(more)).toBeNull()
    await raise(budget, usd)
    expect(await node.topUp(more)).toMatchObject({ amountNanos: 2n * usd })
    await node.settle(held, outcomeOf(held.requestId, key, lab.modelId, 2n * usd))
    expect(await brokenInvariants(lab.query, { shifted: true })).toEqual({})
  })

  it('can be ended ahead of its time', async () => {
    const key = await lab.addKey()
    const budget = await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    const id = await raise(budget, usd)
    await raise(budget, usd / 2n)
    await lab.query('UPDATE budget_raises SET ended_at = now() WHERE id = $1', [id])
    expect(await spend(key, usd + usd / 2n + 1n)).toBe('insufficient_quota')
    expect(await spend(key, usd + usd / 2n)).toBe('ok')
    expect(await brokenInvariants(lab.query, { shifted: true })).toEqual({})
  })

  it('counts in every period that begins while it runs', async () => {
    const key = await lab.addKey()
    const budget = await lab.addBudget(key, { scope: 'key', limitNanos: usd, period: 'day' })
    await raise(budget, usd, '3 days')
    expect(await spend(key, 2n * usd)).toBe('ok')
    await lab.query(`UPDATE budget_counters SET period_start = period_start - interval '1 day' WHERE budget_id = $1`, [
      budget,
    ])
    expect(await spend(key, 2n * usd)).toBe('ok')
    expect(await spend(key, 1n)).toBe('insufficient_quota')
    expect(await brokenInvariants(lab.query, { shifted: true })).toEqual({})
  })
})

describe('a period that begins while its budget is being changed', () => {
  it.each([
    ['opens with the new limit', 'UPDATE budgets SET limit_nanos = 5 WHERE id = $1', 5n],
    [
      'opens with the new raise',
      `INSERT INTO budget_raises (id, organization_id, budget_id, amount_nanos, until, reason, actor)
       SELECT gen_random_uuid(), organization_id, id, 100, now() + interval '1 hour', '', 'test' FROM budgets WHERE id = $1`,
      110n,
    ],
  ])('%s', async (_, change, limit) => {
    const key = await lab.addKey()
    const budget = await lab.addBudget(key, { scope: 'key', limitNanos: 10n, period: 'day' })
    await lab.query(`UPDATE budget_counters SET period_start = period_start - interval '1 day' WHERE budget_id = $1`, [
      budget,
    ])
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    await client.query('BEGIN')
    await client.query(change, [budget])
    const tooMuch = reserve(key, limit + 1n).catch((error: unknown) => error)
    await waitForLock()
    await client.query('COMMIT')
    await client.end()
    expect(await tooMuch).toMatchObject({ code: 'insufficient_quota' })
    expect(await spend(key, limit)).toBe('ok')
    expect(await brokenInvariants(lab.query, { shifted: true })).toEqual({})
  })
})

/** Until the ledger stands in line for a row that somebody is changing. */
async function waitForLock(): Promise<void> {
  for (;;) {
    const waiting = await lab.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%ledger_reserve%'`,
    )
    if (waiting.length > 0) return
    await sleep(10)
  }
}
