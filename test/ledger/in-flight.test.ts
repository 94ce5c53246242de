import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
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
