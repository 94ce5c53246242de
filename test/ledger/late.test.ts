import { mkdirSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#lib/core/ids.ts'
import { openPool } from '#lib/db/pool.ts'
import type { CloseItem } from '#lib/ledger/close-batch.ts'
import { createSpool } from '#lib/ledger/create-spool.ts'
import { openLedger } from '#lib/ledger/open-ledger.ts'
import { createTestDatabase } from '../support/database.ts'
import { brokenInvariants } from './invariants.ts'
import { type Key, type Lab, openLab, openNode, outcomeOf } from './lab.ts'

const usd = 1_000_000_000n
const never = new AbortController().signal

let database: Awaited<ReturnType<typeof createTestDatabase>>
let lab: Lab
let node: Awaited<ReturnType<typeof openNode>>
let key: Key

beforeAll(async () => {
  database = await createTestDatabase()
  lab = await openLab(database.url)
  node = await openNode(database.appUrl)
})

beforeEach(async () => {
  key = await lab.addKey()
  await lab.addBudget(key, { scope: 'key', limitNanos: usd })
})

afterEach(async () => {
  expect(await brokenInvariants(lab.query, { settled: true })).toEqual({})
})

afterAll(async () => {
  await node?.end()
  await lab?.close()
  await database?.drop()
})

function reserve(nanos = usd / 2n) {
  const amounts = { wantNanos: nanos, comfortNanos: nanos, floorNanos: nanos }
  return node.reserve({ requestId: newId(), caller: key, modelId: lab.modelId, ...amounts, signal: never })
}

async function counter() {
  const [row] = await lab.query<{ spent: string; reserved: string; overrun: string }>(
    `SELECT spent_nanos AS spent, reserved_nanos AS reserved, overrun_nanos AS overrun
     FROM budget_counters n JOIN budgets b ON b.id = n.budget_id WHERE b.scope_id = $1`,
    [key.keyId],
  )
  return { spent: BigInt(row!.spent), reserved: BigInt(row!.reserved), overrun: BigInt(row!.overrun) }
}

/** All nodes are taken for dead for a moment: what they hold expires. */
async function expireAll(): Promise<number> {
  await lab.query("UPDATE nodes SET lease_until = now() - interval '1 second'")
  const [row] = await lab.query<{ expired: number }>('SELECT ledger_expire(1000) AS expired')
  return row!.expired
}

describe('a node that was taken for dead and settles after all', () => {
  it.each([
    ['less than the estimate', usd / 10n, usd / 10n, 0n],
    ['more than the estimate', 2n * usd, 2n * usd, 2n * usd - usd / 2n],
    ['nothing', 0n, 0n, 0n],
  ])('is charged what it cost, not the estimate: %s', async (_, cost, spent, overrun) => {
    const reservation = await reserve()
    expect(await expireAll()).toBe(1)
    expect(await counter()).toEqual({ spent: usd / 2n, reserved: 0n, overrun: 0n })
    const outcome = outcomeOf(reservation.requestId, key, lab.modelId, cost)
    await node.settle(reservation, outcome)
    expect(await counter()).toEqual({ spent, reserved: 0n, overrun })
    const [row] = await lab.query(
      'SELECT status, error_code, cost_nanos AS cost, output_tokens FROM requests WHERE id = $1',
      [reservation.requestId],
    )
    expect(row).toEqual({ status: 200, error_code: null, cost: String(cost), output_tokens: 5 })
  })

  it('is charged once, however often and however many at a time it settles', async () => {
    const reservation = await reserve()
    await expireAll()
    const outcome = outcomeOf(reservation.requestId, key, lab.modelId, usd / 10n)
    const other = await openNode(database.appUrl)
    await Promise.all([
      node.settle(reservation, outcome),
      other.settle(reservation, outcome),
      node.settle(reservation, { ...outcome, costNanos: usd / 5n }),
      other.release(reservation, outcome),
    ])
    await node.settle(reservation, outcome)
    await other.end()
    const entries = await lab.query('SELECT kind FROM ledger_entries WHERE request_id = $1 ORDER BY id', [
      reservation.requestId,
    ])
    expect(entries).toEqual([{ kind: 'expiry' }, { kind: 'adjustment' }])
    expect([0n, usd / 10n, usd / 5n]).toContain((await counter()).spent)
  })

  it('gets everything back when nothing had been sent', async () => {
    const reservation = await reserve()
    await expireAll()
    await node.release(reservation, outcomeOf(reservation.requestId, key, lab.modelId, 0n))
    expect((await counter()).spent).toBe(0n)
  })

  it('does not touch what was settled in time', async () => {
    const reservation = await reserve()
    await node.settle(reservation, outcomeOf(reservation.requestId, key, lab.modelId, usd / 4n))
    await node.settle(reservation, outcomeOf(reservation.requestId, key, lab.modelId, usd / 3n))
    expect((await counter()).spent).toBe(usd / 4n)
  })
})

describe('a reservation whose reply never arrived', () => {
  it('is given back by the node that does not know of it, and what it knows of stays', async () => {
    const known = await reserve()
    const [{ node_id: nodeId }] = (await lab.query<{ node_id: string }>(
      'SELECT node_id FROM reservations WHERE request_id = $1',
      [known.requestId],
    )) as [{ node_id: string }]
    await lab.query(
      'SELECT ledger_reserve($1, ARRAY[$2]::uuid[], ARRAY[$3]::uuid[], ARRAY[$4]::uuid[], $5, $5, $5, false)',
      [nodeId, newId(), key.keyId, lab.modelId, [String(usd / 4n)]],
    )
    expect((await counter()).reserved).toBe((usd * 3n) / 4n)
    const strays = async (before: string) =>
      (
        await lab.query<{ strays: number }>(`SELECT ledger_drop_strays($1, ARRAY[$2]::uuid[], ${before}) AS strays`, [
          nodeId,
          known.requestId,
        ])
      )[0]!.strays
    // Too young to be sure that its reply is not on its way.
    expect(await strays("now() - interval '1 hour'")).toBe(0)
    expect(await strays("now() + interval '1 second'")).toBe(1)
    expect(await strays("now() + interval '1 second'")).toBe(0)
    expect(await counter()).toMatchObject({ spent: 0n, reserved: usd / 2n })
    await node.settle(known, outcomeOf(known.requestId, key, lab.modelId, usd / 2n))
  })
})

describe('a reservation that comes after its request was closed', () => {
  /** As a server that was slow commits it. */
  async function haunt(requestId: string, nodeId = newId()): Promise<void> {
    await lab.query(
      'SELECT ledger_reserve($1, ARRAY[$2]::uuid[], ARRAY[$3]::uuid[], ARRAY[$4]::uuid[], $5, $5, $5, false)',
      [nodeId, requestId, key.keyId, lab.modelId, [String(usd / 4n)]],
    )
    expect((await counter()).reserved).toBe(usd / 4n)
  }

  async function settled(): Promise<string> {
    const { requestId, ...rest } = await reserve(usd / 4n)
    await node.settle({ requestId, ...rest }, outcomeOf(requestId, key, lab.modelId, usd / 8n))
    return requestId
  }

  it('is not made when it is only sent again', async () => {
    const { requestId } = await reserve()
    await expireAll()
    const [answer] = await lab.query(
      'SELECT outcome FROM ledger_reserve($1, ARRAY[$2]::uuid[], ARRAY[$3]::uuid[], ARRAY[$4]::uuid[], $5, $5, $5, true)',
      [newId(), requestId, key.keyId, lab.modelId, [String(usd / 4n)]],
    )
    expect(answer).toEqual({ outcome: 'closed' })
    expect(await counter()).toMatchObject({ spent: usd / 2n, reserved: 0n })
  })

  it('expires without a trace, and keeps no other from expiring', async () => {
    await haunt(await settled())
    await reserve(usd / 2n)
    await expireAll()
    await expireAll()
    expect(await counter()).toMatchObject({ spent: usd / 8n + usd / 2n, reserved: 0n })
  })

  it('is given back by the node that does not know of it', async () => {
    const nodeId = newId()
    await haunt(await settled(), nodeId)
    await lab.query("SELECT ledger_drop_strays($1, '{}', now() + interval '1 second')", [nodeId])
    expect(await counter()).toMatchObject({ spent: usd / 8n, reserved: 0n })
  })

  it('is given back when the request is closed again', async () => {
    const requestId = await settled()
    await haunt(requestId)
    await node.settle({ requestId, amountNanos: usd / 4n }, outcomeOf(requestId, key, lab.modelId, usd / 8n))
    expect(await counter()).toMatchObject({ spent: usd / 8n, reserved: 0n })
    expect(node.spooled()).toBe(0)
  })
})

describe('a closing that the database cannot store', () => {
  it('is booked without its details, and takes no other with it', async () => {
    const [odd, even] = [await reserve(usd / 4n), await reserve(usd / 4n)]
    const outcome = outcomeOf(odd.requestId, key, lab.modelId, usd / 8n)
    await Promise.all([
      node.settle(odd, { ...outcome, usage: { ...outcome.usage, outputTokens: 1e12 }, status: 70_000 % 65_536 }),
      node.settle(even, outcomeOf(even.requestId, key, lab.modelId, usd / 8n)),
    ])
    expect(await counter()).toMatchObject({ spent: usd / 4n, reserved: 0n })
    expect(node.spooled()).toBe(0)
  })
})

describe('the spool', () => {
  const item = (): CloseItem => ({ kind: 'settlement', outcome: outcomeOf(newId(), key, lab.modelId, 7n) })

  async function openSpool(
    folder: string,
    nodeId: string,
    dead: string[],
    database: { away: boolean; got: CloseItem[] },
  ) {
    return await createSpool({
      folder,
      nodeId,
      findDead: async (ids) => ids.filter((id) => dead.includes(id)),
      async commit(items) {
        if (database.away) throw new Error('away')
        database.got.push(...items)
        return []
      },
      onTrouble: () => undefined,
    })
  }

  it('of a killed process is taken over, but for lines that were cut short', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stipend-spool-'))
    const away = { away: true, got: [] }
    const killed = await openSpool(folder, 'killed', [], away)
    const [first, second, third] = [item(), item(), item()]
    await killed.keep([first, second])
    const file = join(folder, 'killed.jsonl')
    writeFileSync(file, `${await readFile(file, 'utf8')}{"kind":"settlement","outcome":{"requestId":"${newId()}`)
    await killed.keep([third])

    const here = { away: false, got: [] as CloseItem[] }
    const next = await openSpool(folder, 'next', ['killed'], here)
    await next.adopt()
    await next.close()
    expect(here.got.map(({ outcome }) => outcome)).toEqual([first, second, third].map(({ outcome }) => outcome))
    expect(readdirSync(folder)).toEqual([])
  })

  it('holds on to what the disk does not take, and writes it when it does', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stipend-spool-'))
    const here = { away: true, got: [] as CloseItem[] }
    const spool = await openSpool(folder, 'full', [], here)
    // Nobody can append to a folder.
    mkdirSync(join(folder, 'full.jsonl'))
    const [first, second] = [item(), item()]
    await spool.keep([first])
    expect(spool.size()).toBe(1)
    rmdirSync(join(folder, 'full.jsonl'))
    await spool.keep([second])
    const written = await readFile(join(folder, 'full.jsonl'), 'utf8')
    for (const { outcome } of [first, second]) expect(written).toContain(outcome.requestId)
    here.away = false
    await spool.close()
    expect(here.got).toEqual([first, second])
    expect(readdirSync(folder)).toEqual([])
  })

  it('that cannot be read keeps none of the others waiting', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stipend-spool-'))
    mkdirSync(join(folder, 'broken.jsonl'))
    const kept = item()
    await (await openSpool(folder, 'dead', [], { away: true, got: [] })).keep([kept])
    const here = { away: false, got: [] as CloseItem[] }
    const heir = await openSpool(folder, 'heir', ['broken', 'dead'], here)
    await heir.adopt()
    // Handed over when it is taken, before anybody lets the orphans of its node expire.
    expect(here.got).toEqual([kept])
    await heir.close()
  })

  it('books what it can, and puts aside what nobody can book', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stipend-spool-'))
    const held = await reserve(usd / 4n)
    const good: CloseItem = { kind: 'settlement', outcome: outcomeOf(held.requestId, key, lab.modelId, usd / 8n) }
    const bad: CloseItem = { ...good, outcome: { ...good.outcome, requestId: 'no id' } }
    await (await openSpool(folder, newId(), [], { away: true, got: [] })).keep([bad, good])
    const lines = JSON.stringify({ kind: 'settlement', outcome: { requestId: newId(), costNanos: '1' } })
    writeFileSync(join(folder, `${newId()}.jsonl`), `${lines}\n`)
    const pool = openPool(database.appUrl, 2)
    const errors: string[] = []
    const heir = await openLedger({
      pool,
      log: { warn: () => undefined, error: (_, message) => errors.push(message) },
      spoolFolder: folder,
      waitMs: 0,
    })
    expect(await counter()).toMatchObject({ spent: usd / 8n, reserved: 0n })
    expect(heir.spooled()).toBe(0)
    expect(errors).toHaveLength(1)
    await heir.close()
    await pool.end()
    const [aside, ...others] = readdirSync(folder)
    expect(others).toEqual([])
    expect(await readFile(join(folder, aside!), 'utf8')).toContain('no id')
  })

  it('of a dead node is settled by the next ledger that opens on the folder, that of a living node is not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stipend-spool-'))
    const left = await reserve(usd / 4n)
    const held = await reserve(usd / 4n)
    const [{ node_id: livingId }] = (await lab.query<{ node_id: string }>(
      'SELECT node_id FROM reservations WHERE request_id = $1',
      [held.requestId],
    )) as [{ node_id: string }]
    await lab.query('SELECT renew_lease($1, 3600)', [livingId])
    const away = { away: true, got: [] as CloseItem[] }
    const kept = (id: string): CloseItem => ({
      kind: 'settlement',
      outcome: outcomeOf(id, key, lab.modelId, usd / 8n),
    })
    await (await openSpool(folder, newId(), [], away)).keep([kept(left.requestId)])
    await (await openSpool(folder, livingId, [], away)).keep([kept(held.requestId)])
    const heir = await openNode(database.appUrl, { spoolFolder: folder })
    await heir.end()
    expect(await counter()).toMatchObject({ spent: usd / 8n, reserved: usd / 4n })
    expect(readdirSync(folder)).toEqual([`${livingId}.jsonl`])
    await node.settle(held, kept(held.requestId).outcome)
  })

  it('of a living process is left alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stipend-spool-'))
    const database = { away: true, got: [] as CloseItem[] }
    const living = await openSpool(folder, 'living', [], database)
    const kept = item()
    await living.keep([kept])
    const here = { away: false, got: [] as CloseItem[] }
    const other = await openSpool(folder, 'other', [], here)
    await other.adopt()
    await other.close()
    expect(here.got).toEqual([])
    database.away = false
    await living.close()
    expect(database.got).toEqual([kept])
    expect(readdirSync(folder)).toEqual([])
  })

  it('loses nothing and keeps nothing when many processes take over at once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stipend-spool-'))
    const away = { away: true, got: [] as CloseItem[] }
    const dead = ['a', 'b', 'c', 'd']
    const kept: CloseItem[] = []
    for (const name of dead) {
      const spool = await openSpool(folder, name, [], away)
      for (let count = 0; count < 25; count++) {
        kept.push(item())
        await spool.keep([kept.at(-1)!])
      }
    }
    const here = { away: false, got: [] as CloseItem[] }
    const heirs = await Promise.all(['x', 'y', 'z'].map((name) => openSpool(folder, name, dead, here)))
    await Promise.all(heirs.map((heir) => heir.adopt()))
    await Promise.all(heirs.map((heir) => heir.close()))
    expect(here.got.map(({ outcome }) => outcome.requestId).sort()).toEqual(
      kept.map(({ outcome }) => outcome.requestId).sort(),
    )
    expect(readdirSync(folder)).toEqual([])
  })

  it('keeps what a process writes whose file was taken from under it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stipend-spool-'))
    const away = { away: true, got: [] as CloseItem[] }
    const paused = await openSpool(folder, 'paused', [], away)
    const here = { away: false, got: [] as CloseItem[] }
    const heir = await openSpool(folder, 'heir', ['paused'], here)
    const kept = Array.from({ length: 60 }, item)
    let done = false
    const adopting = (async () => {
      while (!done) await heir.adopt()
    })()
    for (const one of kept) await paused.keep([one])
    done = true
    await adopting
    // What is still on its disk when it dies now is taken as well.
    await heir.adopt()
    await heir.close()
    const ids = new Set(here.got.map(({ outcome }) => outcome.requestId))
    expect(kept.filter(({ outcome }) => !ids.has(outcome.requestId))).toEqual([])
  })
})

describe('partitions of requests', () => {
  it('are made also where rows came before them', async () => {
    const old = "(CURRENT_DATE - 20)::timestamp AT TIME ZONE 'UTC' + interval '5 hours'"
    await node.record({
      ...outcomeOf(newId(), key, lab.modelId, 0n),
      status: 402,
      createdAt: (await lab.query<{ at: Date }>(`SELECT ${old} AS at`))[0]!.at,
    })
    expect(await lab.query('SELECT id FROM requests_default')).toHaveLength(1)
    await lab.query('SELECT ensure_request_partitions(CURRENT_DATE - 21, CURRENT_DATE - 19)')
    expect(await lab.query('SELECT id FROM requests_default')).toHaveLength(0)
    expect(await lab.query(`SELECT id FROM requests WHERE created_at = ${old}`)).toHaveLength(1)
    const [index] = await lab.query<{ count: string }>(
      `SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhparent WHERE c.relname = 'requests_pkey'`,
    )
    const [partition] = await lab.query<{ count: string }>(
      `SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhparent WHERE c.relname = 'requests'`,
    )
    expect(index).toEqual(partition)
  })
})
