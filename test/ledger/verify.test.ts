import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '#lib/core/ids.ts'
import { verifyLedger } from '#lib/ledger/verify-ledger.ts'
import { asOwner } from '../support/as-owner.ts'
import { createTestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'
import { type Key, openLab, openNode, outcomeOf } from './lab.ts'

const usd = 1_000_000_000n

let database: Awaited<ReturnType<typeof createTestDatabase>>
let lab: Awaited<ReturnType<typeof openLab>>
let node: Awaited<ReturnType<typeof openNode>>
let key: Key
let requestId: string

beforeAll(async () => {
  database = await createTestDatabase()
  lab = await openLab(database.url)
  node = await openNode(database.appUrl)
  key = await lab.addKey()
  await lab.addBudget(key, { scope: 'key', limitNanos: usd })
  const asked = { caller: key, modelId: lab.modelId, signal: new AbortController().signal }
  const amounts = { wantNanos: usd / 2n, comfortNanos: usd / 2n, floorNanos: usd / 2n }
  requestId = newId()
  const reservation = await node.reserve({ requestId, ...asked, ...amounts })
  await node.settle(reservation, outcomeOf(requestId, key, lab.modelId, usd / 4n))
  await node.reserve({ requestId: newId(), ...asked, ...amounts })
})

afterAll(async () => {
  await node?.end()
  await lab?.close()
  await database?.drop()
})

const mismatches = () => lab.query<{ what: string }>('SELECT * FROM ledger_verify($1)', [lab.organizationId])

// Each row is a way to break the books behind the ledger's back, and what must notice it.
it.each([
  [
    'spent',
    'UPDATE budget_counters SET spent_nanos = spent_nanos + 1',
    'UPDATE budget_counters SET spent_nanos = spent_nanos - 1',
  ],
  [
    'reserved',
    'UPDATE budget_counters SET reserved_nanos = reserved_nanos - 1',
    'UPDATE budget_counters SET reserved_nanos = reserved_nanos + 1',
  ],
  ['overrun', 'UPDATE budget_counters SET overrun_nanos = 5', 'UPDATE budget_counters SET overrun_nanos = 0'],
  ['request', 'UPDATE requests SET cost_nanos = cost_nanos + 1', 'UPDATE requests SET cost_nanos = cost_nanos - 1'],
  ['hours', 'UPDATE usage_hours SET cost_nanos = cost_nanos + 1', 'UPDATE usage_hours SET cost_nanos = cost_nanos - 1'],
  ['hours', 'UPDATE usage_hours SET requests = requests + 1', 'UPDATE usage_hours SET requests = requests - 1'],
  [
    'append-only',
    'ALTER TABLE ledger_entries DISABLE TRIGGER append_only',
    'ALTER TABLE ledger_entries ENABLE TRIGGER append_only',
  ],
  ['append-only', 'GRANT UPDATE ON ledger_entries TO stipend_app', 'REVOKE UPDATE ON ledger_entries FROM stipend_app'],
  ['float', 'ALTER TABLE budgets ADD COLUMN bad_nanos real', 'ALTER TABLE budgets DROP COLUMN bad_nanos'],
  [
    'cap',
    'ALTER TABLE budget_counters DROP CONSTRAINT never_over_the_cap; UPDATE budget_counters SET ceiling_nanos = 1',
    `UPDATE budget_counters SET ceiling_nanos = limit_nanos`,
  ],
])('finds that %s is broken: %s', async (what, breaking, mending) => {
  expect(await mismatches()).toEqual([])
  await asOwner(database, breaking)
  const found = new Set((await mismatches()).map((row) => row.what))
  await asOwner(database, mending)
  expect(found).toContain(what)
  expect(await mismatches()).toEqual([])
})

it('finds a call that was sent without a reservation', async () => {
  const id = newId()
  const outcome = { ...outcomeOf(id, key, lab.modelId, 0n), attempts: [{ fate: 'served' }] }
  await node.record(outcome)
  expect(await mismatches()).toEqual([{ what: 'dispatch', subject: id, expected: '1', found: '0' }])
  await lab.query("UPDATE requests SET attempts = '[]' WHERE id = $1", [id])
})

it('runs by itself, one organization after the other, and keeps what it found for those who may see it', async () => {
  const member = await foundLab('Other lab')
  expect((await verifyLedger(member)).lastRun).toBeNull()
  const run = () =>
    lab.query<{ organization_id: string; mismatch_count: number }>("SELECT * FROM ledger_verify_due('1 hour')")
  await asOwner(database, 'UPDATE budget_counters SET spent_nanos = spent_nanos + 1')
  const runs = [...(await run()), ...(await run()), ...(await run())]
  await asOwner(database, 'UPDATE budget_counters SET spent_nanos = spent_nanos - 1')
  // Two organizations, each once an hour.
  expect(runs).toHaveLength(2)
  expect(runs).toContainEqual({ organization_id: lab.organizationId, mismatch_count: 1 })
  expect(runs).toContainEqual({ organization_id: member.organizationId, mismatch_count: 0 })
  const kept = await lab.query('SELECT organization_id, mismatches FROM ledger_verifications WHERE mismatch_count > 0')
  expect(kept).toMatchObject([
    { organization_id: lab.organizationId, mismatches: [{ what: 'spent', found: 250_000_001 }] },
  ])
  expect((await verifyLedger(member)).lastRun).toMatchObject({ ok: true, entries: 0, mismatches: 0 })
})

it('is run by one process at a time', async () => {
  await lab.query('DELETE FROM ledger_verifications')
  const runs = await Promise.all(
    Array.from({ length: 4 }, () =>
      lab.query<{ organization_id: string }>("SELECT * FROM ledger_verify_due('1 hour')"),
    ),
  )
  const ids = runs.flat().map((run) => run.organization_id)
  expect(new Set(ids).size).toBe(ids.length)
})
