import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '#lib/core/ids.ts'
import { createTestDatabase } from '../support/database.ts'
import { brokenInvariants } from './invariants.ts'
import { type Key, type Lab, openLab, openNode, outcomeOf } from './lab.ts'

const usd = 1_000_000_000n
const never = new AbortController().signal

let database: Awaited<ReturnType<typeof createTestDatabase>>
let lab: Lab
let node: Awaited<ReturnType<typeof openNode>>

beforeAll(async () => {
  database = await createTestDatabase()
  lab = await openLab(database.url)
  node = await openNode(database.appUrl)
})

afterAll(async () => {
  expect(await brokenInvariants(lab.query)).toEqual({})
  await node?.end()
  await lab?.close()
  await database?.drop()
})

async function reserve(key: Key, nanos: bigint): Promise<string> {
  const requestId = newId()
  const amounts = { wantNanos: nanos, comfortNanos: nanos, floorNanos: nanos }
  await node.reserve({ requestId, caller: key, modelId: lab.modelId, ...amounts, signal: never })
  return requestId
}

async function topUp(requestId: string, wantNanos: bigint | null, floorNanos = wantNanos, modelId = lab.modelId) {
  return (await node.topUp({ requestId, modelId, wantNanos, floorNanos }))?.amountNanos ?? null
}

async function addModel(): Promise<string> {
  const id = newId()
  await lab.query('INSERT INTO models (id, organization_id, name) VALUES ($1, $2, $3)', [id, lab.organizationId, id])
  return id
}

const settle = (requestId: string, key: Key, nanos: bigint) =>
  node.settle({ requestId, amountNanos: 0n }, outcomeOf(requestId, key, lab.modelId, nanos))

it('holds more, up to what every budget has, and gives all of it back', async () => {
  const key = await lab.addKey()
  await lab.addBudget(key, { scope: 'key', limitNanos: 5n * usd })
  const id = await reserve(key, 2n * usd)
  expect(await topUp(id, 4n * usd)).toBe(4n * usd)
  // Sent twice, or asked for less: what is held stays.
  expect(await topUp(id, 4n * usd)).toBe(4n * usd)
  expect(await topUp(id, 1n * usd)).toBe(4n * usd)
  // Between floor and want as much as there is; nothing when the floor does not fit.
  expect(await topUp(id, 9n * usd, 5n * usd)).toBe(5n * usd)
  expect(await topUp(id, 9n * usd, 6n * usd)).toBeNull()
  await settle(id, key, 1n * usd)
  const again = await reserve(key, 4n * usd)
  await settle(again, key, 4n * usd)
})

it('never takes what others hold, many at once', async () => {
  const key = await lab.addKey()
  await lab.addBudget(key, { scope: 'key', limitNanos: 10n * usd })
  const ids = await Promise.all(Array.from({ length: 5 }, () => reserve(key, 1n * usd)))
  const amounts = await Promise.all(ids.map((id) => topUp(id, 3n * usd)))
  // 5 are held and 5 are left: two of them can have 2 more.
  expect(amounts.filter((amount) => amount === 3n * usd)).toHaveLength(2)
  await Promise.all(ids.map((id, index) => settle(id, key, amounts[index] ?? 1n * usd)))
})

it('binds the budgets of the model that takes over', async () => {
  const key = await lab.addKey()
  const other = await addModel()
  await lab.addBudget(key, { scope: 'key', limitNanos: 100n * usd })
  const budget = await lab.addBudget(key, { scope: 'key', limitNanos: 3n * usd, modelId: other })
  const first = await reserve(key, 2n * usd)
  expect(await topUp(first, 4n * usd, 4n * usd, other)).toBeNull()
  expect(await topUp(first, 3n * usd, 3n * usd, other)).toBe(3n * usd)
  const [held] = await lab.query('SELECT reserved_nanos FROM budget_counters WHERE budget_id = $1', [budget])
  expect(held).toEqual({ reserved_nanos: String(3n * usd) })
  await settle(first, key, 2n * usd)
  const second = await reserve(key, 1n * usd)
  expect(await topUp(second, 2n * usd, 2n * usd, other)).toBeNull()
  expect(await topUp(second, 1n * usd, 1n * usd, other)).toBe(1n * usd)
  await settle(second, key, 1n * usd)
})

it('pays for no model without a price where there is a budget', async () => {
  const capped = await lab.addKey()
  await lab.addBudget(capped, { scope: 'key', limitNanos: 5n * usd })
  const id = await reserve(capped, 1n * usd)
  expect(await topUp(id, null, null, await addModel())).toBeNull()
  await settle(id, capped, 1n * usd)
  const free = await lab.addKey()
  const uncapped = await reserve(free, 1n * usd)
  expect(await topUp(uncapped, null, null, await addModel())).toBe(1n * usd)
  await settle(uncapped, free, 1n * usd)
})

it('is too late for a request that is closed', async () => {
  const key = await lab.addKey()
  const id = await reserve(key, 1n * usd)
  await settle(id, key, 1n * usd)
  expect(await topUp(id, 2n * usd)).toBeNull()
})
