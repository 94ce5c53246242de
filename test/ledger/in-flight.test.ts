import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#lib/core/ids.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { brokenInvariants } from './invariants.ts'
import { type Key, type Lab, openLab, openNode, outcomeOf } from './lab.ts'

const usd = 1_000_000_000n
const each = usd / 20n
const never = new AbortController().signal

let database: TestDatabase
let lab: Lab
let nodes: Awaited<ReturnType<typeof openNode>>[]
let owner: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  lab = await openLab(database.url)
  nodes = await Promise.all([openNode(database.appUrl), openNode(database.appUrl)])
  owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
})

afterAll(async () => {
  await Promise.all(nodes.map((node) => node.end()))
  await owner?.end()
  await lab?.close()
  await database?.drop()
})

async function spendAll(key: Key, ledger: (typeof nodes)[number]): Promise<bigint> {
  for (let spent = 0n; ; spent += each) {
    const requestId = newId()
    const amounts = { wantNanos: each, comfortNanos: each, floorNanos: each }
    try {
      const held = await ledger.reserve({ requestId, caller: key, modelId: lab.modelId, ...amounts, signal: never })
      await ledger.settle(held, outcomeOf(requestId, key, lab.modelId, each))
    } catch (error) {
      expect(error).toMatchObject({ code: 'insufficient_quota' })
      return spent
    }
  }
}

/** As the operations do it that put one cap in the place of another. */
async function replaceCap(key: Key, budgetId: string): Promise<string> {
  const id = newId()
  await owner.query('BEGIN')
  await owner.query('SELECT hold_reservations($1)', [lab.organizationId])
  await owner.query(
    `INSERT INTO budgets (id, organization_id, scope, scope_id, period, limit_nanos) VALUES ($1, $2, 'key', $3, 'total', $4)`,
    [id, lab.organizationId, key.keyId, usd],
  )
  await owner.query('UPDATE budgets SET archived_at = now() WHERE id = $1', [budgetId])
  await owner.query('COMMIT')
  return id
}

it('a cap that is replaced again and again under full load is spent once, to the nano-dollar', async () => {
  for (let round = 0; round < 4; round++) {
    const key = await lab.addKey()
    let budgetId = await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    const spending = Promise.all(Array.from({ length: 16 }, (_, index) => spendAll(key, nodes[index % 2]!)))
    for (let change = 0; change < 10; change++) budgetId = await replaceCap(key, budgetId)
    const spent = (await spending).reduce((sum, one) => sum + one, 0n)
    expect(spent).toBe(usd)
  }
  expect(await brokenInvariants(lab.query, { settled: true })).toEqual({})
})

describe('a budget that comes back', () => {
  async function book(key: Key, nanos: bigint): Promise<void> {
    const held = await reserve(key, nanos)
    await nodes[0]!.settle(held, outcomeOf(held.requestId, key, lab.modelId, nanos))
  }

  function reserve(key: Key, nanos: bigint) {
    const amounts = { wantNanos: nanos, comfortNanos: nanos, floorNanos: nanos }
    return nodes[0]!.reserve({ requestId: newId(), caller: key, modelId: lab.modelId, ...amounts, signal: never })
  }

  const archive = (id: string) => lab.query('UPDATE budgets SET archived_at = now() WHERE id = $1', [id])
  const restore = (id: string) => lab.query('UPDATE budgets SET archived_at = NULL WHERE id = $1', [id])
  const counters = (id: string) =>
    lab.query(
      `SELECT spent_nanos::text AS spent, reserved_nanos::text AS reserved, opening_nanos::text AS opening
       FROM budget_counters WHERE budget_id = $1 ORDER BY period_start DESC LIMIT 1`,
      [id],
    )

  /** Nothing here takes as long as the hour, and with it the month, has left then. */
  async function hourGoesOn(): Promise<void> {
    const ends = `SELECT date_trunc('hour', now() AT TIME ZONE 'UTC' + interval '20 seconds') > now() AT TIME ZONE 'UTC' AS soon`
    while ((await lab.query<{ soon: boolean }>(ends))[0]!.soon) await sleep(500)
  }

  async function waiting(transactions: number): Promise<void> {
    const blocked = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    while ((await lab.query(blocked)).length < transactions) await sleep(10)
  }

  it('counts what went by without it', async () => {
    const key = await lab.addKey()
    const id = await lab.addBudget(key, { scope: 'key', limitNanos: 100n })
    const before = await reserve(key, 5n)
    await book(key, 20n)
    await archive(id)
    await book(key, 40n)
    const meanwhile = await reserve(key, 30n)
    await restore(id)
    expect(await counters(id)).toEqual([{ spent: '60', reserved: '35', opening: '40' }])
    await archive(id)
    await restore(id)
    expect(await counters(id)).toEqual([{ spent: '60', reserved: '35', opening: '40' }])
    await nodes[1]!.settle(meanwhile, outcomeOf(meanwhile.requestId, key, lab.modelId, 30n))
    await nodes[1]!.settle(before, outcomeOf(before.requestId, key, lab.modelId, 5n))
    await expect(reserve(key, 6n)).rejects.toMatchObject({ code: 'insufficient_quota' })
    await book(key, 5n)
    expect(await brokenInvariants(lab.query, { settled: true })).toEqual({})
  })

  it('counts what is being settled at that moment', async () => {
    await hourGoesOn()
    const key = await lab.addKey()
    const id = await lab.addBudget(key, { scope: 'key', limitNanos: 100n })
    const before = await reserve(key, 5n)
    await archive(id)
    await book(key, 40n)
    // Whoever settles has written the counter by the time it comes to the hour.
    await owner.query('BEGIN')
    await owner.query('SELECT FROM usage_hours WHERE key_id = $1 FOR UPDATE', [key.keyId])
    const settling = nodes[0]!.settle(before, outcomeOf(before.requestId, key, lab.modelId, 5n))
    await waiting(1)
    const restoring = restore(id)
    await waiting(2)
    await owner.query('COMMIT')
    await Promise.all([settling, restoring])
    expect(await counters(id)).toEqual([{ spent: '45', reserved: '0', opening: '40' }])
    expect(await brokenInvariants(lab.query, { settled: true })).toEqual({})
  })

  it('counts also in a period that began without it', async () => {
    await hourGoesOn()
    const key = await lab.addKey()
    const id = await lab.addBudget(key, { scope: 'key', limitNanos: 100n, period: 'month' })
    await archive(id)
    // As if the counter were that of an earlier month.
    await lab.query(
      `UPDATE budget_counters SET period_start = period_start - interval '3 months' WHERE budget_id = $1`,
      [id],
    )
    await book(key, 80n)
    await restore(id)
    expect(await counters(id)).toEqual([{ spent: '80', reserved: '0', opening: '80' }])
    await expect(reserve(key, 21n)).rejects.toMatchObject({ code: 'insufficient_quota' })
    expect(await brokenInvariants(lab.query, { settled: true })).toEqual({})
  })
})
