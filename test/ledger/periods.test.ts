import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { newId } from '#lib/core/ids.ts'
import { openPool } from '#lib/db/pool.ts'
import { type OpenLedger, openLedger } from '#lib/ledger/open-ledger.ts'
import { createTestDatabase } from '../support/database.ts'
import { brokenInvariants } from './invariants.ts'
import { type Key, type Lab, openLab, openNode, outcomeOf } from './lab.ts'

const usd = 1_000_000_000n
const dayMs = 86_400_000
const never = new AbortController().signal

let database: Awaited<ReturnType<typeof createTestDatabase>>
let lab: Lab
let nodes: Awaited<ReturnType<typeof openNode>>[]

beforeAll(async () => {
  database = await createTestDatabase()
  lab = await openLab(database.url)
  nodes = await Promise.all(Array.from({ length: 8 }, () => openNode(database.appUrl)))
})

afterEach(() => {
  vi.useRealTimers()
})

afterAll(async () => {
  await Promise.all(nodes?.map((node) => node.end()) ?? [])
  await lab?.close()
  await database?.drop()
})

function reserve(node: OpenLedger, key: Key, nanos: bigint) {
  const amounts = { wantNanos: nanos, comfortNanos: nanos, floorNanos: nanos }
  return node.reserve({ requestId: newId(), caller: key, modelId: lab.modelId, ...amounts, signal: never })
}

async function countersOf(budget: string) {
  const rows = await lab.query<{ spent: string; reserved: string }>(
    'SELECT spent_nanos AS spent, reserved_nanos AS reserved FROM budget_counters WHERE budget_id = $1 ORDER BY period_start',
    [budget],
  )
  return rows.map(({ spent, reserved }) => ({ spent: BigInt(spent), reserved: BigInt(reserved) }))
}

/** A period goes by: the counter of this one becomes that of the one before. */
function letTimePass(budget: string) {
  return lab.query("UPDATE budget_counters SET period_start = period_start - interval '1 day' WHERE budget_id = $1", [
    budget,
  ])
}

/** The period of an instant, as the database has it. */
async function periodOf(period: 'day' | 'week' | 'month', timeZone: string, at: string | Date) {
  const [row] = await lab.query<{ start: Date; end: Date }>(
    'SELECT period_start_of($1, $2, $3::timestamptz) AS start, period_end_of($1, $2, $3::timestamptz) AS end',
    [period, timeZone, at],
  )
  return [row!.start.toISOString(), row!.end.toISOString()]
}

/** What a wall clock there shows, without the database's opinion. */
function wallClock(timeZone: string, at: Date) {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).formatToParts(
    at,
  )
  const part = (type: string) => Number(parts.find((one) => one.type === type)!.value)
  const [year, month, day] = [part('year'), part('month'), part('day')]
  const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7
  return { year, month, day, weekday, time: part('hour') * 3600 + part('minute') * 60 + part('second') }
}

describe('a period', () => {
  it.each([
    [
      'has 23 hours when the clocks go forward',
      'day',
      'Europe/Berlin',
      '2026-03-29T12:00Z',
      '2026-03-28T23:00',
      '2026-03-29T22:00',
    ],
    [
      'has 25 hours when they go back',
      'day',
      'Europe/Berlin',
      '2026-10-25T12:00Z',
      '2026-10-24T22:00',
      '2026-10-25T23:00',
    ],
    [
      'begins in the hour that comes twice',
      'day',
      'Europe/Berlin',
      '2026-10-25T00:30Z',
      '2026-10-24T22:00',
      '2026-10-25T23:00',
    ],
    [
      'begins at half past in a zone of half hours',
      'day',
      'Asia/Kolkata',
      '2026-11-26T18:29Z',
      '2026-11-25T18:30',
      '2026-11-26T18:30',
    ],
    [
      'and at a quarter to in one of quarters',
      'day',
      'Asia/Kathmandu',
      '2026-11-26T18:15Z',
      '2026-11-26T18:15',
      '2026-11-27T18:15',
    ],
    [
      'has half an hour less where clocks go forward by that',
      'day',
      'Australia/Lord_Howe',
      '2026-10-03T20:00Z',
      '2026-10-03T13:30',
      '2026-10-04T13:00',
    ],
    [
      'of a week begins on Monday',
      'week',
      'Asia/Shanghai',
      '2026-11-29T15:59Z',
      '2026-11-22T16:00',
      '2026-11-29T16:00',
    ],
    [
      'of February has 29 days in a leap year',
      'month',
      'Asia/Shanghai',
      '2028-02-29T15:59Z',
      '2028-01-31T16:00',
      '2028-02-29T16:00',
    ],
    ['and 28 in others', 'month', 'America/New_York', '2027-02-28T12:00Z', '2027-02-01T05:00', '2027-03-01T05:00'],
    ['begins after the 31st', 'month', 'Pacific/Auckland', '2026-12-31T10:59Z', '2026-11-30T11:00', '2026-12-31T11:00'],
    [
      'spans the change of the clocks',
      'month',
      'America/New_York',
      '2026-03-15T12:00Z',
      '2026-03-01T05:00',
      '2026-04-01T04:00',
    ],
  ] as const)('%s', async (_, period, timeZone, at, start, end) => {
    expect(await periodOf(period, timeZone, at)).toEqual([`${start}:00.000Z`, `${end}:00.000Z`])
  })

  it('begins when a clock on the wall there strikes midnight of its first day, whatever the zone', async () => {
    const zones = [
      'UTC',
      'Asia/Shanghai',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'America/St_Johns',
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('day', 'week', 'month'),
        fc.constantFrom(...zones),
        fc.date({ min: new Date('2020-01-01'), max: new Date('2039-12-31'), noInvalidDate: true }),
        async (period, timeZone, at) => {
          const [start, end] = (await periodOf(period, timeZone, at)).map((text) => new Date(text)) as [Date, Date]
          expect(+start <= +at && +at < +end).toBe(true)
          const [first, asked] = [wallClock(timeZone, start), wallClock(timeZone, at)]
          expect(first.time).toBe(0)
          if (period === 'day')
            expect([first.year, first.month, first.day]).toEqual([asked.year, asked.month, asked.day])
          if (period === 'week') expect(first.weekday).toBe(0)
          if (period === 'month') expect([first.year, first.month, first.day]).toEqual([asked.year, asked.month, 1])
          expect((await periodOf(period, timeZone, end))[0]).toBe(end.toISOString())
        },
      ),
      { numRuns: 60, seed: 1 },
    )
  })
})

describe('the first use', () => {
  it.each([1, 2, 3, 4, 5])('of a new period by eight processes at once opens one counter (round %i)', async () => {
    const key = await lab.addKey()
    const budgets = await Promise.all(
      (['day', 'month'] as const).map((period) => lab.addBudget(key, { scope: 'key', period, limitNanos: 3n * usd })),
    )
    for (const budget of budgets) await letTimePass(budget)
    // A month that was moved by a day is the one before as well.
    const outcomes = await Promise.all(
      nodes.map(async (node) => {
        try {
          const held = await reserve(node, key, usd)
          await node.settle(held, outcomeOf(held.requestId, key, lab.modelId, usd))
          return 'ok'
        } catch (error) {
          return (error as { code: string }).code
        }
      }),
    )
    expect(outcomes.sort()).toEqual([...Array(5).fill('insufficient_quota'), ...Array(3).fill('ok')])
    for (const budget of budgets) {
      expect(await countersOf(budget)).toEqual([
        { spent: 0n, reserved: 0n },
        { spent: 3n * usd, reserved: 0n },
      ])
    }
  })
})

describe('a request that is on its way', () => {
  it('is charged to the period that let it in', async () => {
    const key = await lab.addKey()
    const budget = await lab.addBudget(key, { scope: 'key', period: 'day', limitNanos: usd })
    const held = await reserve(nodes[0]!, key, usd)
    await letTimePass(budget)
    const next = await reserve(nodes[1]!, key, usd / 2n)
    await nodes[0]!.settle(held, outcomeOf(held.requestId, key, lab.modelId, usd / 4n))
    await nodes[1]!.release(next, outcomeOf(next.requestId, key, lab.modelId, 0n))
    expect(await countersOf(budget)).toEqual([
      { spent: usd / 4n, reserved: 0n },
      { spent: 0n, reserved: 0n },
    ])
  })

  it('is paid by the project that its key belonged to; the next one by where it was moved', async () => {
    const key = await lab.addKey()
    const old = await lab.addBudget(key, { scope: 'project', limitNanos: 1_000n * usd })
    const before = (await countersOf(old))[0]!.spent
    const projectId = newId()
    await lab.query("INSERT INTO projects (id, organization_id, name) VALUES ($1, $2, 'Q')", [
      projectId,
      lab.organizationId,
    ])
    const budget = newId()
    await lab.query(
      "INSERT INTO budgets (id, organization_id, scope, scope_id, period, limit_nanos) VALUES ($1, $2, 'project', $3, 'total', $4)",
      [budget, lab.organizationId, projectId, usd],
    )
    const held = await reserve(nodes[0]!, key, usd)
    await lab.query('UPDATE keys SET project_id = $2 WHERE id = $1', [key.keyId, projectId])
    const moved = { ...key, projectId }
    const next = await reserve(nodes[1]!, moved, usd)
    await nodes[0]!.settle(held, outcomeOf(held.requestId, key, lab.modelId, usd))
    await nodes[1]!.settle(next, outcomeOf(next.requestId, moved, lab.modelId, usd))
    expect((await countersOf(old))[0]).toEqual({ spent: before + usd, reserved: 0n })
    expect(await countersOf(budget)).toEqual([{ spent: usd, reserved: 0n }])
    const entries = await lab.query('SELECT project_id FROM ledger_entries WHERE request_id = ANY ($1) ORDER BY id', [
      [held.requestId, next.requestId],
    ])
    expect(entries).toEqual([{ project_id: lab.projectId }, { project_id: projectId }])
    await lab.query('UPDATE budgets SET archived_at = now() WHERE id = $1', [old])
  })

  it.each([3 * dayMs, -3 * dayMs])(
    'of a node whose clock is wrong by %i ms is booked by that of the database',
    async (skewMs) => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + skewMs })
      const key = await lab.addKey()
      const budget = await lab.addBudget(key, { scope: 'key', period: 'day', limitNanos: usd })
      const held = await reserve(nodes[0]!, key, usd)
      await nodes[0]!.settle(held, outcomeOf(held.requestId, key, lab.modelId, usd))
      await expect(reserve(nodes[0]!, key, usd)).rejects.toMatchObject({ code: 'insufficient_quota' })
      expect(await countersOf(budget)).toEqual([{ spent: usd, reserved: 0n }])
      const [row] = await lab.query(
        'SELECT abs(extract(epoch FROM created_at - now())) < 3600 AS now FROM requests WHERE id = $1',
        [held.requestId],
      )
      expect(row).toEqual({ now: true })
    },
  )

  it.each([3 * dayMs, 1_000, -3 * dayMs])(
    'and is refused by a node whose clock is wrong by %i ms leaves one row, also when the reply to that is lost',
    async (skewMs) => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + skewMs })
      const pool = openPool(database.appUrl, 2)
      let lost = 0
      const query = pool.query.bind(pool) as (...call: unknown[]) => Promise<unknown>
      pool.query = (async (...call: unknown[]) => {
        const answer = await query(...call)
        if ((call[0] as { name?: string }).name !== 'ledger_close' || lost++ >= 2) return answer
        throw Object.assign(new Error('the reply is lost'), { code: 'ECONNRESET' })
      }) as typeof pool.query
      const log = { warn: () => undefined, error: () => undefined }
      const spoolFolder = await mkdtemp(join(tmpdir(), 'stipend-spool-'))
      const forgetful = await openLedger({ pool, log, spoolFolder, waitMs: 0 })
      const key = await lab.addKey()
      const outcome = { ...outcomeOf(newId(), key, lab.modelId, 0n), status: 402, errorCode: 'insufficient_quota' }
      await forgetful.record(outcome)
      expect(lost).toBe(3)
      expect(await lab.query('SELECT FROM requests WHERE id = $1', [outcome.requestId])).toHaveLength(1)
      await forgetful.close()
      await pool.end()
    },
  )

  it('and is refused there leaves no row of tomorrow', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * dayMs })
    const key = await lab.addKey()
    const outcome = { ...outcomeOf(newId(), key, lab.modelId, 0n), status: 402, errorCode: 'insufficient_quota' }
    await nodes[0]!.record(outcome)
    const rows = await lab.query('SELECT created_at <= now() AS past FROM requests WHERE id = $1', [outcome.requestId])
    expect(rows).toEqual([{ past: true }])
  })
})

it('leaves right books behind', async () => {
  expect(await brokenInvariants(lab.query, { settled: true, shifted: true })).toEqual({})
})
