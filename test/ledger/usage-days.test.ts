import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Member } from '#lib/auth/member.ts'
import { newId } from '#lib/core/ids.ts'
import { localDateOf } from '#lib/core/local-date-of.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { listKeys } from '#lib/keys/list-keys.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { listProjects } from '#lib/projects/list-projects.ts'
import { exploreUsage } from '#lib/usage/explore-usage.ts'
import { getHeatmap } from '#lib/usage/get-heatmap.ts'
import { getOverview } from '#lib/usage/get-overview.ts'
import { listTopKeys } from '#lib/usage/list-top-keys.ts'
import { summarizeUsage } from '#lib/usage/summarize-usage.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'
import { seeds } from '../support/seeds.ts'
import { invariants, type Query } from './invariants.ts'
import { type Key, openNode, outcomeOf } from './lab.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const never = new AbortController().signal
const zones = [
  'UTC',
  'Asia/Shanghai',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'America/St_Johns',
  'America/Havana',
  'Africa/Cairo',
  'Australia/Lord_Howe',
]
const zonesOfOneClock = ['UTC', 'Asia/Shanghai', 'Asia/Kolkata', 'Asia/Kathmandu']
/** Around these clocks change: at midnight both ways, by half an hour, and in zones of half hours. The last is now. */
const anchors = [
  '2025-10-30T21:00:00Z',
  '2025-11-02T05:00:00Z',
  '2026-03-08T05:00:00Z',
  '2026-04-04T15:00:00Z',
  '2026-04-23T22:00:00Z',
  null,
]

interface Booked {
  id: string
  key: Key
  at: Date
  costNanos: bigint
  fate: 'settled' | 'expired'
}

interface Lab {
  owner: Member
  keys: Key[]
  modelId: string
  anchor: Date
  booked: Booked[]
}

let database: TestDatabase
let admin: pg.Pool
let node: Awaited<ReturnType<typeof openNode>>

beforeAll(async () => {
  database = await createTestDatabase()
  admin = new pg.Pool({ connectionString: database.url, max: 4 })
  node = await openNode(database.appUrl)
})
afterAll(async () => {
  await node?.end()
  await admin?.end()
  await database?.drop()
})

async function openUsageLab(timeZone: string, anchor: string | null): Promise<Lab> {
  const owner = await foundLab('Lab', timeZone)
  const { organizationId } = owner
  const modelId = newId()
  await admin.query("INSERT INTO models (id, organization_id, name) VALUES ($1, $2, 'm')", [modelId, organizationId])
  const keys = await Promise.all(
    ['a', 'b'].map(async (name) => {
      const { id: projectId } = await createProject(owner, { name })
      const { id: keyId } = await createKey(owner, { name, projectId, budgets: null })
      return { organizationId, projectId, membershipId: null, keyId }
    }),
  )
  const at = anchor ? new Date(anchor) : new Date(Date.now() - 6 * dayMs)
  return { owner, keys, modelId, anchor: new Date(at.getTime() - (at.getTime() % hourMs)), booked: [] }
}

/** Books as the gateway does, only that the reservation is made older in between. */
async function book(lab: Lab, key: Key, at: Date, costNanos: bigint, fate: Booked['fate']): Promise<void> {
  const amounts = { wantNanos: costNanos + 1n, comfortNanos: costNanos + 1n, floorNanos: costNanos + 1n }
  const id = newId()
  const held = await node.reserve({ requestId: id, caller: key, modelId: lab.modelId, ...amounts, signal: never })
  await admin.query('UPDATE reservations SET created_at = $2 WHERE request_id = $1', [id, at])
  const booked: Booked = { id, key, at, costNanos, fate }
  if (fate === 'settled') await node.settle(held, outcomeOf(id, key, lab.modelId, costNanos))
  else {
    // The node renews its lease now and then.
    for (let expired = 0; expired === 0; ) {
      await admin.query("UPDATE nodes SET lease_until = now() - interval '1 second'")
      expired = (await admin.query<{ expired: number }>('SELECT ledger_expire(1000) AS expired')).rows[0]!.expired
    }
    booked.costNanos += 1n
  }
  lab.booked.push(booked)
}

async function settleLate(lab: Lab, booked: Booked, costNanos: bigint): Promise<void> {
  await node.settle(
    { requestId: booked.id, amountNanos: booked.costNanos },
    outcomeOf(booked.id, booked.key, lab.modelId, costNanos),
  )
  booked.costNanos = costNanos
  booked.fate = 'settled'
}

async function reRate({ owner, modelId }: Lab, booked: Booked, costNanos: bigint): Promise<void> {
  const [id, priceId] = [newId(), newId()]
  await admin.query(
    `INSERT INTO re_ratings (id, organization_id, model_id, price_id, "from", "to", reason, actor)
     VALUES ($1, $2, $3, $4, $5::timestamptz, $5::timestamptz + interval '1 hour', 'r', 'a')`,
    [id, owner.organizationId, modelId, priceId, booked.at],
  )
  const { rows } = await admin.query('SELECT ledger_re_rate($1, $2, $3, $4, $5) AS done', [
    id,
    [booked.id],
    [booked.at],
    [booked.costNanos],
    [costNanos],
  ])
  expect(rows).toEqual([{ done: 1 }])
  booked.costNanos = costNanos
}

/** The gateway does this by itself now and then: whoever comes second would be sent away. */
async function sumDays(most: number): Promise<number> {
  const client = await admin.connect()
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('usage_sum_days'))")
    const { rows } = await client.query<{ done: number }>('SELECT usage_sum_days($1) AS done', [most])
    await client.query("SELECT pg_advisory_unlock(hashtext('usage_sum_days'))")
    return rows[0]!.done
  } finally {
    client.release()
  }
}

async function sumAllDays(): Promise<void> {
  while ((await sumDays(50)) > 0);
}

const byValue = (a: bigint, b: bigint) => (a < b ? -1 : Number(a > b))
const sum = (list: bigint[]) => list.reduce((total, one) => total + one, 0n)

/** What each hour cost, by the entries of the ledger alone. */
async function hoursOfLedger(organizationId: string): Promise<{ at: Date; keyId: string; costNanos: bigint }[]> {
  const { rows } = await admin.query<{ at: Date; key_id: string; cost: string }>(
    `SELECT date_trunc('hour', reserved_at, 'UTC') AS at, key_id, sum(cost_nanos) AS cost FROM ledger_entries
     WHERE organization_id = $1 GROUP BY 1, 2`,
    [organizationId],
  )
  return rows.map(({ at, key_id: keyId, cost }) => ({ at, keyId, costNanos: BigInt(cost) }))
}

/** Every reader against the entries. `from` and `to` are often within a day. */
async function expectTruth({ owner, keys, booked, anchor }: Lab, from: Date, to: Date): Promise<void> {
  const timeZone = (await admin.query('SELECT time_zone FROM organizations WHERE id = $1', [owner.organizationId]))
    .rows[0].time_zone as string
  const all = await hoursOfLedger(owner.organizationId)
  expect(sum(all.map((hour) => hour.costNanos))).toBe(sum(booked.map((one) => one.costNanos)))
  const within = (begin: Date, end: Date) => all.filter(({ at }) => at >= begin && at < end)
  const costOf = (list: typeof all) => sum(list.map((hour) => hour.costNanos))

  const overview = await getOverview(owner, { from, to })
  expect(overview.current.costNanos).toBe(costOf(within(from, to)))
  expect(overview.previous.costNanos).toBe(costOf(within(new Date(2 * from.getTime() - to.getTime()), from)))

  const byDate = new Map<string, bigint>()
  for (const { at, costNanos } of within(from, to)) {
    const date = localDateOf(at, timeZone)
    byDate.set(date, (byDate.get(date) ?? 0n) + costNanos)
  }
  const { rows } = await summarizeUsage(owner, { from, to, interval: 'day' })
  expect(new Map(rows.map(({ start, costNanos }) => [localDateOf(start, timeZone), costNanos]))).toEqual(byDate)

  const byKey = await summarizeUsage(owner, { from, to, groupBy: ['key'] })
  for (const { keyId } of keys) {
    const found = byKey.rows.find(({ groups }) => groups.key?.id === keyId)?.costNanos ?? 0n
    expect(found).toBe(costOf(within(from, to).filter((hour) => hour.keyId === keyId)))
  }

  const dearest = await listTopKeys(owner, { from, to, limit: 9 })
  expect(new Map(dearest.map(({ id, costNanos }) => [id, costNanos]))).toEqual(
    new Map(byKey.rows.flatMap((row) => (row.costNanos > 0n ? [[row.groups.key!.id!, row.costNanos]] : []))),
  )
  const { bars } = await getOverview(owner, { from, to, interval: 'day' })
  expect(new Map(bars.map(({ start, costNanos }) => [localDateOf(start, timeZone), costNanos]))).toEqual(byDate)
  // What is not among the largest is the rest of it, by the day.
  const { series: folded } = await exploreUsage(owner, {
    from,
    to,
    metric: 'spend',
    groupBy: ['key'],
    interval: 'day',
    top: 1,
    previousMs: null,
  })
  const foldedByDate = new Map<string, bigint>()
  for (const one of folded) {
    for (const [atMs, value] of one.values) {
      const date = localDateOf(new Date(atMs), timeZone)
      foldedByDate.set(date, (foldedByDate.get(date) ?? 0n) + value)
    }
  }
  expect(foldedByDate).toEqual(new Map([...byDate].filter(([, value]) => value !== 0n)))

  const exploring = { from, to, metric: 'spend' as const, groupBy: ['key' as const], top: 5 }
  const previousMs = Math.ceil((to.getTime() - from.getTime()) / dayMs) * dayMs
  for (const interval of ['hour', 'day', 'month'] as const) {
    const { total, previousTotal, series } = await exploreUsage(owner, { ...exploring, interval, previousMs })
    expect(total).toBe(costOf(within(from, to)))
    expect(previousTotal).toBe(
      costOf(
        within(new Date(from.getTime() - previousMs), new Date(Math.min(to.getTime() - previousMs, from.getTime()))),
      ),
    )
    for (const one of series) {
      // Elsewhere two hours of a night may be called the same.
      if (interval === 'hour' && zonesOfOneClock.includes(timeZone)) {
        const hours = within(from, to).filter(({ keyId, costNanos }) => keyId === one.groups?.key?.id && costNanos > 0n)
        expect([...one.values.values()].filter((value) => value > 0n).sort(byValue)).toEqual(
          hours.map((hour) => hour.costNanos).sort(byValue),
        )
      }
      expect(one.total).toBe(costOf(within(from, to).filter(({ keyId }) => keyId === one.groups?.key?.id)))
    }
  }

  const cells = await getHeatmap(owner, { from, to })
  expect(sum(cells.map((cell) => cell.costNanos))).toBe(costOf(within(from, to)))
  const spentOf = (keyId: string) => costOf(all.filter((hour) => hour.keyId === keyId))
  const listed = await listKeys(owner)
  const projects = await listProjects(owner)
  for (const key of keys) {
    expect(listed.rows.find(({ id }) => id === key.keyId)!.spentNanos).toBe(spentOf(key.keyId))
    expect(projects.find(({ id }) => id === key.projectId)!.spentNanos).toBe(spentOf(key.keyId))
  }
  expect(anchor.getTime() % hourMs).toBe(0)
}

/** A week has sums while each of its days has, and they are what those add up to. */
async function expectWeeks(): Promise<number> {
  const query: Query = async (text) => (await admin.query(text)).rows
  expect(await query(invariants['I3 weeks are the sums of their days']!)).toEqual([])
  const [row] = await query<{ weeks: number }>(
    'SELECT count(DISTINCT (organization_id, week))::int AS weeks FROM usage_day_spans WHERE week IS NOT NULL',
  )
  return row!.weeks
}

type Step =
  | { do: 'book'; key: number; atMs: number; cost: bigint; fate: Booked['fate'] }
  | { do: 'settle late' | 're-rate'; which: number; cost: bigint }
  | { do: 'sum'; most: number }
  | { do: 'move'; zone: string }

const offsetMs = fc.oneof(
  fc.integer({ min: -200, max: 60 }).map((hours) => hours * hourMs),
  fc.integer({ min: -60 * 60, max: 60 * 60 }).map((minutes) => minutes * 60_000 + 1),
)
const cost = fc.bigInt({ min: 0n, max: 10n ** 15n })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('book' as const),
      key: fc.nat(1),
      atMs: offsetMs,
      cost,
      fate: fc.constantFrom('settled' as const, 'settled' as const, 'expired' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('settle late' as const, 're-rate' as const), which: fc.nat(20), cost }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('sum' as const),
      most: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 8, max: 20 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), zone: fc.constantFrom(...zones) }) },
)

async function take(lab: Lab, one: Step): Promise<void> {
  if (one.do === 'book') {
    await book(lab, lab.keys[one.key]!, new Date(lab.anchor.getTime() + one.atMs), one.cost, one.fate)
  } else if (one.do === 'sum') {
    await sumDays(one.most)
  } else if (one.do === 'move') {
    await admin.query('UPDATE organizations SET time_zone = $2 WHERE id = $1', [lab.owner.organizationId, one.zone])
  } else {
    const among = lab.booked.filter(({ fate }) => fate === (one.do === 'settle late' ? 'expired' : 'settled'))
    if (among.length === 0) return
    const booked = among[one.which % among.length]!
    if (one.do === 'settle late') await settleLate(lab, booked, one.cost)
    else await reRate(lab, booked, one.cost)
  }
}

describe('sums of usage by the day', () => {
  it.each(seeds(1))(
    'add up to the ledger to the nano-dollar whatever happens in which order (seed %i)',
    async (seed) => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...zones),
          fc.constantFrom(...anchors),
          fc.array(step, { minLength: 5, maxLength: 16 }),
          offsetMs,
          fc.oneof(fc.integer({ min: 1, max: 96 }), fc.integer({ min: 200, max: 600 })),
          async (zone, anchor, steps, fromMs, hours) => {
            const lab = await openUsageLab(zone, anchor)
            const from = new Date(Math.floor((lab.anchor.getTime() + fromMs) / hourMs) * hourMs)
            const to = new Date(from.getTime() + hours * hourMs)
            for (const [index, one] of steps.entries()) {
              await take(lab, one)
              if (index % 3 === 2) await expectTruth(lab, from, to)
            }
            await expectTruth(lab, from, to)
            await expectWeeks()
            // Not every gap of a year is worth the time: what the others left is summed by nobody any more.
            await admin.query('DELETE FROM usage_hours WHERE organization_id = $1', [lab.owner.organizationId])
            await admin.query('DELETE FROM usage_hour_changes WHERE organization_id = $1', [lab.owner.organizationId])
          },
        ),
        { seed, numRuns: 8 },
      )
    },
  )

  it('fill themselves in where there is a history, and readers are right at every moment', async () => {
    const lab = await openUsageLab('Asia/Kolkata', null)
    const { organizationId } = lab.owner
    for (let day = 0; day < 8; day++) {
      const at = new Date(lab.anchor.getTime() - day * dayMs - 18 * hourMs)
      await book(lab, lab.keys[day % 2]!, at, BigInt(day + 1) * 1_000_000_007n, 'settled')
    }
    // As before there were days: nobody noted what had changed.
    await admin.query('DELETE FROM usage_hour_changes WHERE organization_id = $1', [organizationId])
    const [from, to] = [new Date(lab.anchor.getTime() - 9 * dayMs), new Date()]
    await expectTruth(lab, from, to)
    await sumDays(3)
    await expectTruth(lab, from, to)
    await sumAllDays()
    await expectTruth(lab, from, to)
    const { rows } = await admin.query<{ days: number }>(
      'SELECT count(DISTINCT day)::int AS days FROM usage_days WHERE organization_id = $1',
      [organizationId],
    )
    expect(rows[0]!.days).toBe(8)

    // They are really what is read: one that lies shows.
    const { current } = await getOverview(lab.owner, { from, to })
    const lie = (by: number) =>
      admin.query('UPDATE usage_days_by_model SET cost_nanos = cost_nanos + $2 WHERE organization_id = $1', [
        organizationId,
        by,
      ])
    await lie(1)
    expect((await getOverview(lab.owner, { from, to })).current.costNanos).toBe(current.costNanos + 8n)
    await lie(-1)

    // So are those of weeks.
    expect(await expectWeeks()).toBeGreaterThan(0)
    const { rows: weeks } = await admin.query<{ week: Date; ends_at: Date; key_id: string; cost: string }>(
      `SELECT w.week, max(s.ends_at) AS ends_at, w.key_id, w.cost_nanos AS cost FROM usage_weeks_by_key w
       JOIN usage_day_spans s ON s.organization_id = w.organization_id AND s.week = w.week
       WHERE w.organization_id = $1 GROUP BY 1, 3, 4 ORDER BY 1 DESC, 3 LIMIT 1`,
      [organizationId],
    )
    const { week, ends_at: weekEndsAt, key_id: keyId, cost: weekCost } = weeks[0]!
    const lieOfWeek = (by: number) =>
      admin.query(
        'UPDATE usage_weeks_by_key SET cost_nanos = cost_nanos + $4 WHERE organization_id = $1 AND week = $2 AND key_id = $3',
        [organizationId, week, keyId, by],
      )
    const ofWeek = async (until: Date) => {
      const { rows } = await summarizeUsage(lab.owner, { from: week, to: until, groupBy: ['key'] })
      return rows.find(({ groups }) => groups.key?.id === keyId)?.costNanos ?? 0n
    }
    const withoutLastHour = await ofWeek(new Date(weekEndsAt.getTime() - hourMs))
    expect(await ofWeek(weekEndsAt)).toBe(BigInt(weekCost))
    await lieOfWeek(3)
    expect(await ofWeek(weekEndsAt)).toBe(BigInt(weekCost) + 3n)
    expect(await ofWeek(new Date(weekEndsAt.getTime() - hourMs))).toBe(withoutLastHour)
    // One hour of one day that has changed: the days are read, and the day by the hour.
    await admin.query(
      'UPDATE usage_hours SET cost_nanos = cost_nanos WHERE organization_id = $1 AND hour >= $2 AND hour < $3',
      [organizationId, week, weekEndsAt],
    )
    expect(await ofWeek(weekEndsAt)).toBe(BigInt(weekCost))
    await sumAllDays()
    expect(await ofWeek(weekEndsAt)).toBe(BigInt(weekCost))
    expect(await expectWeeks()).toBeGreaterThan(0)

    await admin.query("UPDATE organizations SET time_zone = 'America/St_Johns' WHERE id = $1", [organizationId])
    await expectTruth(lab, from, to)
    await sumAllDays()
    await expectWeeks()
    await expectTruth(lab, from, to)
    const { rows: left } = await admin.query(
      `SELECT count(*)::int AS count FROM usage_day_spans WHERE organization_id = $1 AND time_zone <> 'America/St_Johns'`,
      [organizationId],
    )
    expect(left).toEqual([{ count: 0 }])
  })

  it.each(['before', 'after'] as const)('miss nothing that is committed just %s they are', async (order) => {
    const lab = await openUsageLab('UTC', null)
    const { organizationId } = lab.owner
    await book(lab, lab.keys[0]!, lab.anchor, 1_000n, 'settled')
    await sumAllDays()
    const [changing, summing] = [await admin.connect(), await admin.connect()]
    try {
      await changing.query('BEGIN')
      await changing.query('UPDATE usage_hours SET cost_nanos = cost_nanos + 7 WHERE organization_id = $1', [
        organizationId,
      ])
      // Another change that is there already: so the day is due.
      await book(lab, lab.keys[1]!, lab.anchor, 500n, 'settled')
      await summing.query('BEGIN')
      // Neither waits for the other.
      await summing.query("SELECT pg_advisory_xact_lock(hashtext('usage_sum_days'))")
      await summing.query('SELECT usage_sum_days(50)')
      for (const one of order === 'before' ? [changing, summing] : [summing, changing]) await one.query('COMMIT')
    } finally {
      changing.release()
      summing.release()
    }
    const [from, to] = [new Date(lab.anchor.getTime() - 2 * dayMs), new Date()]
    expect((await getOverview(lab.owner, { from, to })).current.costNanos).toBe(1_507n)
    await sumAllDays()
    expect((await getOverview(lab.owner, { from, to })).current.costNanos).toBe(1_507n)
    const { rows } = await admin.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM usage_hour_changes WHERE organization_id = $1',
      [organizationId],
    )
    expect(rows).toEqual([{ count: 0 }])
  })

  it('are made by one process at a time', async () => {
    const summing = await admin.connect()
    try {
      await summing.query('BEGIN')
      await summing.query("SELECT pg_advisory_xact_lock(hashtext('usage_sum_days'))")
      expect((await admin.query('SELECT usage_sum_days(1) AS done')).rows).toEqual([{ done: 0 }])
      await summing.query('COMMIT')
    } finally {
      summing.release()
    }
  })

  it('are of all hours that begin on a date there, each hour in one day', async () => {
    for (const zone of zones) {
      for (const anchor of anchors) {
        const begin = anchor ? Date.parse(anchor) : Date.now() - (Date.now() % hourMs)
        const { rows } = await admin.query<{ at: Date; day: Date; ends_at: Date }>(
          `SELECT t.at, d.day, d.ends_at
           FROM generate_series($1::timestamptz - interval '30 hours', $1::timestamptz + interval '30 hours', '1 hour') AS t (at)
           CROSS JOIN LATERAL usage_day_of(t.at, $2) d`,
          [new Date(begin), zone],
        )
        for (const { at, day, ends_at: endsAt } of rows) {
          const where = `${zone} ${at.toISOString()}`
          expect(day <= at && at < endsAt, where).toBe(true)
          const date = localDateOf(at, zone)
          for (let hour = day.getTime(); hour < endsAt.getTime(); hour += hourMs) {
            expect(localDateOf(new Date(hour), zone), where).toBe(date)
          }
          expect(localDateOf(new Date(day.getTime() - hourMs), zone), where).not.toBe(date)
          expect(localDateOf(endsAt, zone), where).not.toBe(date)
        }
      }
    }
  })
})
