import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#lib/core/ids.ts'
import { openPool } from '#lib/db/pool.ts'
import { closeBatch } from '#lib/ledger/close-batch.ts'
import { type ReserveItem, reserveBatch } from '#lib/ledger/reserve-batch.ts'
import { createTestDatabase } from '../support/database.ts'
import { type Key, type Lab, openLab, openNode, outcomeOf } from './lab.ts'

const entries = 50_000
const sizes = [1, 20] as const
/** A call writes into eight indexes or so, each of which may have become deeper; a table would be a thousand blocks. */
const levels = 12
const nodeId = newId()
const usd = 1_000_000_000n

let database: Awaited<ReturnType<typeof createTestDatabase>>
let lab: Lab
let key: Key
let pool: pg.Pool

beforeAll(async () => {
  database = await createTestDatabase()
  lab = await openLab(database.url)
  key = await lab.addKey()
  for (const scope of ['organization', 'project', 'key'] as const) {
    await lab.addBudget(key, { scope, limitNanos: 1_000_000n * usd, period: 'month' })
  }
  // One connection: what a first call has to look up in the catalogue is looked up once.
  pool = openPool(database.appUrl, 1)
  await (await openNode(database.appUrl)).end()
})

afterAll(async () => {
  await pool?.end()
  await lab?.close()
  await database?.drop()
})

test('calls read no more of the database when a busy day lies behind them, alone and many at once', async () => {
  const before = [await blocksOf(sizes[0]), await blocksOf(sizes[1])]
  await addHistory()
  const after = [await blocksOf(sizes[0]), await blocksOf(sizes[1])]
  expect(await lab.query('SELECT FROM reservations')).toEqual([])
  for (const [index, size] of sizes.entries()) {
    const deeper = size * levels
    expect(after[index]!.reserve).toBeLessThanOrEqual(before[index]!.reserve + deeper)
    expect(after[index]!.close).toBeLessThanOrEqual(before[index]!.close + deeper)
  }
})

interface Blocks {
  reserve: number
  close: number
}

/** What one reservation and one closing of so many calls read, in blocks: the least of some. */
async function blocksOf(size: number): Promise<Blocks> {
  const runs: Blocks[] = []
  for (let run = 0; run < 8; run++) {
    const items = Array.from({ length: size }, () => itemOf())
    const reserve = await countBlocks((counted) => reserveBatch(counted, nodeId, items, false))
    const outcomes = items.map(({ requestId }) => ({
      kind: 'settlement' as const,
      outcome: outcomeOf(requestId, key, lab.modelId, 400n),
    }))
    const close = await countBlocks((counted) => closeBatch(counted, outcomes))
    runs.push({ reserve, close })
  }
  return {
    reserve: Math.min(...runs.map(({ reserve }) => reserve)),
    close: Math.min(...runs.map(({ close }) => close)),
  }
}

function itemOf(): ReserveItem {
  const amounts = { wantNanos: 1_000n, comfortNanos: 1_000n, floorNanos: 1_000n }
  return { requestId: newId(), keyId: key.keyId, modelId: lab.modelId, ...amounts }
}

/** Does what `ask` asks for under EXPLAIN, which says how many blocks that took, and answers as if all went well. */
async function countBlocks(ask: (counted: pg.Pool) => Promise<unknown>): Promise<number> {
  let blocks = 0
  const query = async ({ text, values }: { text: string; values: unknown[] }) => {
    const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>({
      text: `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${text}`,
      values,
    })
    const [{ Plan: plan }] = rows[0]!['QUERY PLAN']
    blocks += plan['Shared Hit Blocks']! + plan['Shared Read Blocks']!
    return { rows: [{ ordinal: 1, is_reserved: true, outcome: 'closed', amount_nanos: 1_000n }] }
  }
  await ask({ query } as unknown as pg.Pool)
  return blocks
}

/** A day of this very organization, on the same counters. */
async function addHistory(): Promise<void> {
  await lab.query(
    `INSERT INTO ledger_entries (request_id, organization_id, project_id, key_id, model_id, kind, reserved_nanos, cost_nanos,
       counter_ids, reserved_at)
     SELECT gen_random_uuid(), $1, $2, $3, $4, 'release', 1000, 0, (SELECT array_agg(id ORDER BY id) FROM budget_counters), now()
     FROM generate_series(1, $5::int)`,
    [key.organizationId, key.projectId, key.keyId, lab.modelId, entries],
  )
  await lab.query(
    `INSERT INTO requests (id, created_at, organization_id, project_id, key_id, model_id, model, dialect, stream, status,
       cost_nanos, reserved_nanos, overrun_nanos, estimated, latency_ms)
     SELECT request_id, created_at, organization_id, project_id, key_id, model_id, 'm', 'openai-chat', false, 499, 0,
       reserved_nanos, 0, false, 1
     FROM ledger_entries WHERE kind = 'release'
     ON CONFLICT DO NOTHING`,
  )
}
