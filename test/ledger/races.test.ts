import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { seeds } from '../support/seeds.ts'
import { brokenInvariants } from './invariants.ts'
import { type Lab, openLab } from './lab.ts'
import { type LedgerProcess, startProcesses } from './start-processes.ts'

const usd = 1_000_000_000n
const requests = 1_000

let database: Awaited<ReturnType<typeof createTestDatabase>>
let processes: LedgerProcess[]

beforeAll(async () => {
  database = await createTestDatabase()
  processes = await startProcesses(database.appUrl, 4)
})

afterAll(async () => {
  await Promise.all(processes?.map((one) => one.stop()) ?? [])
  await database?.drop()
})

/** `requests` at once, spread over the first `count` processes and the lab's keys. */
async function rush(lab: Lab, count: number, { limitUsd, keys: howMany }: { limitUsd: bigint; keys: number }) {
  const keys = await Promise.all(Array.from({ length: howMany }, () => lab.addKey()))
  for (const key of keys) await lab.addBudget(key, { scope: 'key', period: 'day', limitNanos: limitUsd * usd })
  await lab.addBudget(keys[0]!, { scope: 'project', period: 'week', limitNanos: limitUsd * usd })
  await lab.addBudget(keys[0]!, { scope: 'organization', period: 'month', limitNanos: limitUsd * usd })
  const load = { keys, modelId: lab.modelId, wantNanos: String(usd / 10n), costNanos: String(usd / 10n) }
  const tallies = await Promise.all(
    processes.slice(0, count).map((one) => one.run({ ...load, count: requests / count })),
  )
  const total: Record<string, number> = {}
  for (const tally of tallies) for (const [name, n] of Object.entries(tally)) total[name] = (total[name] ?? 0) + n
  return total
}

async function deadlocks(lab: Lab): Promise<number> {
  const [row] = await lab.query<{ deadlocks: string }>(
    'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
  )
  return Number(row!.deadlocks)
}

describe.each([1, 4])('a thousand requests of 0.10 USD at once on %i processes', (count) => {
  it.each(seeds(2))('are 50 where key, project and organization each allow 5 USD (seed %i)', async (seed) => {
    const lab = await openLab(database.url)
    const before = await deadlocks(lab)
    expect(await rush(lab, count, { limitUsd: 5n, keys: 1 + ((seed - 1) % 4) })).toEqual({
      ok: 50,
      insufficient_quota: 950,
    })
    expect(await brokenInvariants(lab.query, { settled: true })).toEqual({})
    expect((await deadlocks(lab)) - before).toBe(0)
    await lab.close()
  })

  it.each(seeds(1))('are all let through where the money is ample (seed %i)', async (seed) => {
    const lab = await openLab(database.url)
    // Exactly enough: one false refusal and the figures differ.
    expect(await rush(lab, count, { limitUsd: 100n, keys: 1 + (seed % 4) })).toEqual({ ok: 1000 })
    expect(await brokenInvariants(lab.query, { settled: true })).toEqual({})
    await lab.close()
  })
})
