import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '#lib/core/ids.ts'
import { openPool } from '#lib/db/pool.ts'
import { type CloseAnswer, type CloseKind, closeBatch } from '#lib/ledger/close-batch.ts'
import { type ReserveAnswer, reserveBatch } from '#lib/ledger/reserve-batch.ts'
import { createTestDatabase } from '../support/database.ts'
import { seeds } from '../support/seeds.ts'
import { brokenInvariants } from './invariants.ts'
import { type Key, type Lab, openLab, outcomeOf } from './lab.ts'
import { createModel, type Model, type ModelRequest } from './model.ts'

/** Seeds that once failed, with what they found; they run first for ever. */
const failedOnce: number[] = []

let database: Awaited<ReturnType<typeof createTestDatabase>>
let lab: Lab
let pool: pg.Pool

beforeAll(async () => {
  database = await createTestDatabase()
  lab = await openLab(database.url)
  pool = openPool(database.appUrl, 1)
})

afterAll(async () => {
  await pool?.end()
  await lab?.close()
  await database?.drop()
})

/** The real functions and what the commands need to find their way. */
interface Real {
  lab: Lab
  nodeId: string
  keys: Key[]
  budgets: string[]
}

type Command = fc.AsyncCommand<Model, Real>

class Reserve implements Command {
  readonly asked: { key: number; want: bigint; comfort: bigint; floor: bigint }[]
  /** The reply is lost, so the same batch is sent again. */
  readonly twice: boolean
  constructor(asked: { key: number; want: bigint; comfortPart: number; floorPart: number }[], twice: boolean) {
    this.asked = asked.map(({ key, want, comfortPart, floorPart }) => {
      const floor = (want * BigInt(floorPart)) / 100n
      return { key, want, floor, comfort: floor + ((want - floor) * BigInt(comfortPart)) / 100n }
    })
    this.twice = twice
  }
  check = () => true
  async run(model: Model, real: Real) {
    const ids = this.asked.map(() => newId())
    const items = this.asked.map(({ key, want, comfort, floor }, index) => ({
      requestId: ids[index]!,
      keyId: real.keys[key]!.keyId,
      modelId: real.lab.modelId,
      wantNanos: want,
      comfortNanos: comfort,
      floorNanos: floor,
    }))
    const send = (again: boolean) => reserveBatch(pool, real.nodeId, items, again)
    const expected = model.reserve(this.asked.map((one, index) => ({ id: ids[index]!, ...one })))
    const answers = await send(false)
    if (this.twice) {
      const again = await send(true)
      for (const [index, answer] of answers.entries())
        if (answer.outcome === 'reserved') expect(again[index]).toEqual(answer)
      // What was refused at first is decided anew, after all others.
      const refused = answers.flatMap(({ outcome }, index) => (outcome === 'reserved' ? [] : [index]))
      const later = model.reserve(refused.map((index) => ({ id: ids[index]!, ...this.asked[index]! })))
      refused.forEach((index, place) => {
        expect(asPair(again[index]!)).toEqual(later[place])
      })
    }
    expect(answers.map(asPair)).toEqual(expected)
  }
  toString = () =>
    `reserve(${this.asked.map(({ key, want, floor }) => `${key}:${floor}–${want}`).join(' ')}${this.twice ? ', twice' : ''})`
}

function asPair({ outcome, amountNanos: amount }: ReserveAnswer) {
  return { outcome, amount }
}

class Close implements Command {
  readonly picks: number[]
  readonly kind: 'settlement' | 'release'
  readonly part: number
  readonly twice: boolean
  constructor(picks: number[], kind: 'settlement' | 'release', part: number, twice: boolean) {
    this.picks = picks
    this.kind = kind
    this.part = part
    this.twice = twice
  }
  check = (model: Readonly<Model>) => model.open().length > 0
  async run(model: Model, real: Real) {
    const open = model.open()
    const chosen = [
      ...new Map(this.picks.map((pick) => open[pick % open.length]!).map((one) => [one.id, one])).values(),
    ]
    const costs = chosen.map(({ amount }) => (amount * BigInt(this.part)) / 100n)
    const send = () => close(real, chosen, this.kind, costs)
    expect(await send()).toEqual(chosen.map(() => 'closed'))
    if (this.twice) expect(await send()).toEqual(chosen.map(() => 'already closed'))
    chosen.forEach(({ id }, index) => {
      model.close(id, this.kind === 'settlement' ? costs[index]! : 0n)
    })
  }
  toString = () => `${this.kind}(${this.picks.length} at ${this.part} %${this.twice ? ', twice' : ''})`
}

function close(real: Real, requests: ModelRequest[], kind: CloseKind, costs: bigint[]): Promise<CloseAnswer[]> {
  const { lab, keys } = real
  const items = requests.map(({ id, key }, index) => ({
    kind,
    outcome: outcomeOf(id, keys[key]!, lab.modelId, costs[index]!),
  }))
  return closeBatch(pool, items)
}

class SettleLate implements Command {
  readonly pick: number
  readonly part: number
  constructor(pick: number, part: number) {
    this.pick = pick
    this.part = part
  }
  check = (model: Readonly<Model>) => model.expired().length > 0
  async run(model: Model, real: Real) {
    const expired = model.expired()
    const request = expired[this.pick % expired.length]!
    const cost = (request.amount * BigInt(this.part)) / 100n
    const send = async () =>
      (
        await real.lab.query<{ outcome: string }>(
          `SELECT outcome FROM ledger_settle_late(ARRAY[$1]::uuid[], ARRAY['settlement'], ARRAY[$2]::bigint[],
             ARRAY['{"status": 200, "error_code": null}']::jsonb[])`,
          [request.id, String(cost)],
        )
      )[0]!.outcome
    expect(await send()).toBe('settled late')
    expect(await send()).toBe('already closed')
    model.correct(request.id, cost)
  }
  toString = () => `settle late(${this.part} %)`
}

class Expire implements Command {
  check = (model: Readonly<Model>) => model.open().length > 0
  async run(model: Model, real: Real) {
    await real.lab.query("UPDATE nodes SET lease_until = now() - interval '1 second' WHERE id = $1", [real.nodeId])
    const [row] = await real.lab.query<{ expired: number }>('SELECT ledger_expire(1000) AS expired')
    expect(row!.expired).toBe(model.open().length)
    model.expire()
    await real.lab.query('SELECT renew_lease($1, 3600)', [real.nodeId])
  }
  toString = () => 'expire'
}

class DropStrays implements Command {
  check = (model: Readonly<Model>) => model.open().length > 1
  async run(model: Model, real: Real) {
    const [stray, ...held] = model.open()
    const [row] = await real.lab.query<{ strays: number }>(
      "SELECT ledger_drop_strays($1, $2::uuid[], now() + interval '1 second') AS strays",
      [real.nodeId, held.map(({ id }) => id)],
    )
    expect(row!.strays).toBe(1)
    model.close(stray!.id, 0n)
  }
  toString = () => 'drop a stray'
}

class ChangeLimit implements Command {
  readonly budget: number
  readonly limit: bigint
  constructor(budget: number, limit: bigint) {
    this.budget = budget
    this.limit = limit
  }
  check = () => true
  async run(model: Model, real: Real) {
    await real.lab.query('UPDATE budgets SET limit_nanos = $2 WHERE id = $1', [real.budgets[this.budget], this.limit])
    model.changeLimit(this.budget, this.limit)
  }
  toString = () => `limit(${this.budget}: ${this.limit})`
}

class PauseKey implements Command {
  readonly key: number
  readonly isPaused: boolean
  constructor(key: number, isPaused: boolean) {
    this.key = key
    this.isPaused = isPaused
  }
  check = () => true
  async run(model: Model, real: Real) {
    const at = this.isPaused ? new Date() : null
    await real.lab.query('UPDATE keys SET paused_at = $2 WHERE id = $1', [real.keys[this.key]!.keyId, at])
    model.pause(this.key, this.isPaused)
  }
  toString = () => `${this.isPaused ? 'pause' : 'resume'}(${this.key})`
}

class NewPeriod implements Command {
  readonly budget: number
  constructor(budget: number) {
    this.budget = budget
  }
  check = () => true
  async run(model: Model, real: Real) {
    // What was today's counter becomes one of the past: the next request opens a new one.
    await real.lab.query(
      `UPDATE budget_counters SET period_start = period_start - interval '1 day' * (
         SELECT 1 + count(*) FROM budget_counters WHERE budget_id = $1)
       WHERE budget_id = $1 AND period_start = (SELECT max(period_start) FROM budget_counters WHERE budget_id = $1)
         AND period_start >= CURRENT_DATE`,
      [real.budgets[this.budget]],
    )
    model.newPeriod(this.budget)
  }
  toString = () => `new period(${this.budget})`
}

const amount = fc.bigInt({ min: 0n, max: 60n })
const part = fc.integer({ min: 0, max: 100 })
const request = fc.record({ key: fc.nat(1), want: amount, comfortPart: part, floorPart: part })
const commands = fc.commands<Model, Real, false>(
  [
    fc
      .tuple(fc.array(request, { minLength: 1, maxLength: 6 }), fc.boolean())
      .map(([asked, twice]) => new Reserve(asked, twice)),
    fc
      .tuple(fc.array(request, { minLength: 1, maxLength: 6 }), fc.constant(false))
      .map(([asked, twice]) => new Reserve(asked, twice)),
    fc
      .tuple(
        fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('settlement' as const, 'settlement' as const, 'release' as const),
        fc.integer({ min: 0, max: 150 }),
        fc.boolean(),
      )
      .map((fields) => new Close(...fields)),
    fc.tuple(fc.nat(20), fc.integer({ min: 0, max: 150 })).map((fields) => new SettleLate(...fields)),
    fc.constant(new Expire()),
    fc.constant(new DropStrays()),
    fc.tuple(fc.nat(3), fc.bigInt({ min: 0n, max: 200n })).map((fields) => new ChangeLimit(...fields)),
    fc.tuple(fc.nat(1), fc.boolean()).map((fields) => new PauseKey(...fields)),
    fc.nat(3).map((budget) => new NewPeriod(budget)),
  ],
  { maxCommands: 30 },
)

async function setUp(): Promise<{ model: Model; real: Real }> {
  await lab.query('UPDATE budgets SET archived_at = now()')
  const keys = [await lab.addKey(), await lab.addKey()]
  const budgets = [
    await lab.addBudget(keys[0]!, { scope: 'key', period: 'day', limitNanos: 100n }),
    await lab.addBudget(keys[1]!, { scope: 'key', period: 'day', limitNanos: 80n }),
    await lab.addBudget(keys[0]!, { scope: 'project', period: 'day', limitNanos: 150n }),
    await lab.addBudget(keys[0]!, { scope: 'organization', period: 'day', limitNanos: 170n }),
  ]
  // They begin with what the runs before have spent today: move that into the past.
  await lab.query(
    "UPDATE budget_counters SET period_start = period_start - interval '400 days' WHERE budget_id = ANY ($1)",
    [budgets],
  )
  const nodeId = newId()
  await lab.query('SELECT renew_lease($1, 3600)', [nodeId])
  return {
    model: createModel(
      [100n, 80n, 150n, 170n],
      [
        [0, 2, 3],
        [1, 2, 3],
      ],
    ),
    real: { lab, nodeId, keys, budgets },
  }
}

it.each([...failedOnce, ...seeds(3)])(
  'the functions of the database do what the model does (seed %i)',
  async (seed) => {
    await fc.assert(
      fc.asyncProperty(commands, async (sequence) => {
        const world = await setUp()
        await fc.asyncModelRun(() => world, sequence)
        const { model, real } = world
        const counters = await lab.query<{ spent: string; reserved: string; overrun: string }>(
          `SELECT coalesce(n.spent_nanos, 0) AS spent, coalesce(n.reserved_nanos, 0) AS reserved, coalesce(n.overrun_nanos, 0) AS overrun
         FROM unnest($1::uuid[]) WITH ORDINALITY AS b (id, place)
         LEFT JOIN budget_counters n ON n.budget_id = b.id AND n.period_start >= CURRENT_DATE ORDER BY place`,
          [real.budgets],
        )
        expect(counters.map((row) => [BigInt(row.spent), BigInt(row.reserved), BigInt(row.overrun)])).toEqual(
          model.counters(),
        )
        expect(await brokenInvariants(lab.query, { shifted: true })).toEqual({})
        // The next sequence begins with nothing on its way.
        await lab.query('DELETE FROM nodes WHERE id = $1', [real.nodeId])
        await lab.query('SELECT ledger_expire(1000)')
      }),
      { seed, numRuns: 15, endOnFailure: false },
    )
    expect(await brokenInvariants(lab.query, { settled: true, shifted: true })).toEqual({})
  },
)
