import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#lib/core/ids.ts'
import type { OpenLedger } from '#lib/ledger/open-ledger.ts'
import { createTestDatabase } from '../support/database.ts'
import { brokenInvariants } from './invariants.ts'
import { type Key, type Lab, openLab, openNode, outcomeOf } from './lab.ts'

const usd = 1_000_000_000n
const never = new AbortController().signal

let database: Awaited<ReturnType<typeof createTestDatabase>>
let lab: Lab
let node: Awaited<ReturnType<typeof openNode>>
let other: Awaited<ReturnType<typeof openNode>>

beforeAll(async () => {
  database = await createTestDatabase()
  lab = await openLab(database.url)
  node = await openNode(database.appUrl)
  other = await openNode(database.appUrl)
})

afterAll(async () => {
  await node?.end()
  await other?.end()
  await lab?.close()
  await database?.drop()
})

interface Ask {
  want: bigint
  comfort?: bigint
  floor?: bigint
  signal?: AbortSignal
}

function reserve(
  ledger: OpenLedger,
  key: Key,
  { want, comfort = want, floor = want, signal = never }: Ask,
  requestId = newId(),
) {
  return ledger.reserve({
    requestId,
    caller: key,
    modelId: lab.modelId,
    wantNanos: want,
    comfortNanos: comfort,
    floorNanos: floor,
    signal,
  })
}

/** Reserves `want`, "calls", and settles `cost`; "refused" when there is no money. */
async function spend(ledger: OpenLedger, key: Key, want: bigint, cost: bigint): Promise<'ok' | string> {
  const requestId = newId()
  try {
    const reservation = await reserve(ledger, key, { want }, requestId)
    await new Promise((done) => setTimeout(done, Math.random() * 5))
    await ledger.settle(reservation, outcomeOf(requestId, key, lab.modelId, cost))
    return 'ok'
  } catch (error) {
    return (error as { code: string }).code
  }
}

function tally(outcomes: string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

describe('a cap', () => {
  it('lets exactly as many through as it pays for, though each reserves more than it costs', async () => {
    const key = await lab.addKey()
    // Fifty at $0.10 and the slack that the last one's estimate needs.
    await lab.addBudget(key, { scope: 'key', limitNanos: 5n * usd + usd / 10n })
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, index) => spend(index % 2 ? node : other, key, usd / 5n, usd / 10n)),
    )
    expect(tally(outcomes)).toEqual({ ok: 50, insufficient_quota: 150 })
    expect(await brokenInvariants(lab.query)).toEqual({})
  })

  it('binds on key, project and organization at once, and the tightest decides', async () => {
    const ledger = [node, other]
    const keys = await Promise.all([lab.addKey(), lab.addKey()])
    for (const key of keys) await lab.addBudget(key, { scope: 'key', limitNanos: 4n * usd })
    const before = await lab.query<{ spent: string }>('SELECT coalesce(sum(cost_nanos), 0) AS spent FROM usage_hours')
    const projectBudget = await lab.addBudget(keys[0]!, {
      scope: 'project',
      limitNanos: BigInt(before[0]!.spent) + 5n * usd,
    })
    const organizationBudget = await lab.addBudget(keys[0]!, { scope: 'organization', limitNanos: 1_000n * usd })
    const outcomes = await Promise.all(
      Array.from({ length: 400 }, (_, index) =>
        spend(ledger[index % 2]!, keys[(index >> 1) % 2]!, usd / 10n, usd / 10n),
      ),
    )
    await lab.query('UPDATE budgets SET archived_at = now() WHERE id = ANY ($1)', [[projectBudget, organizationBudget]])
    expect(tally(outcomes)).toEqual({ ok: 50, insufficient_quota: 350 })
    expect(await brokenInvariants(lab.query)).toEqual({})
  })

  it('of 0 allows nothing, not even what is free', async () => {
    const key = await lab.addKey()
    await lab.addBudget(key, { scope: 'key', limitNanos: 0n })
    await expect(reserve(node, key, { want: 1n })).rejects.toMatchObject({ code: 'insufficient_quota' })
    await expect(reserve(node, key, { want: 0n })).rejects.toMatchObject({ code: 'insufficient_quota' })
  })

  it('that is not there binds nothing', async () => {
    const key = await lab.addKey()
    const reservation = await reserve(node, key, { want: 10_000n * usd })
    expect(reservation.amountNanos).toBe(10_000n * usd)
    await node.release(reservation, outcomeOf(reservation.requestId, key, lab.modelId, 0n))
  })

  it('counts what its scope had spent before it was set', async () => {
    const key = await lab.addKey()
    expect(await spend(node, key, usd, usd)).toBe('ok')
    await lab.addBudget(key, { scope: 'key', period: 'month', limitNanos: usd + usd / 2n })
    expect(await spend(node, key, usd, usd)).toBe('insufficient_quota')
    expect(await spend(node, key, usd / 2n, usd / 2n)).toBe('ok')
    expect(await brokenInvariants(lab.query)).toEqual({})
  })

  it('takes over what is in flight of its scope when it is set', async () => {
    const key = await lab.addKey()
    const stranger = await lab.addKey()
    const [first, second, foreign] = [
      await reserve(node, key, { want: (usd * 3n) / 4n }),
      await reserve(other, key, { want: usd / 2n }),
      await reserve(node, stranger, { want: usd }),
    ]
    const budget = await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    const impatient = await openNode(database.appUrl, { waitMs: 0 })
    // More is in flight than the new cap allows: others wait until there is room, and are not told that it is spent.
    expect(await spend(impatient, key, 1n, 1n)).toBe('rate_limit_exceeded')
    await node.settle(first, outcomeOf(first.requestId, key, lab.modelId, usd / 2n))
    expect(await spend(impatient, key, 1n, 1n)).toBe('rate_limit_exceeded')
    await other.settle(second, outcomeOf(second.requestId, key, lab.modelId, usd / 4n))
    await node.release(foreign, outcomeOf(foreign.requestId, stranger, lab.modelId, 0n))
    expect(await spend(impatient, key, usd / 4n + 1n, 1n)).toBe('insufficient_quota')
    expect(await spend(impatient, key, usd / 4n, usd / 4n)).toBe('ok')
    const [counter] = await lab.query<{ spent: string }>(
      'SELECT spent_nanos AS spent FROM budget_counters WHERE budget_id = $1',
      [budget],
    )
    expect(String(counter!.spent)).toBe(String(usd))
    await impatient.end()
    expect(await brokenInvariants(lab.query)).toEqual({})
  })

  it('takes a raise at once, and a cut below what is spent refuses without breaking', async () => {
    const key = await lab.addKey()
    const budget = await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    expect(await spend(node, key, usd, usd)).toBe('ok')
    expect(await spend(node, key, usd, usd)).toBe('insufficient_quota')
    await lab.query('UPDATE budgets SET limit_nanos = $2 WHERE id = $1', [budget, 2n * usd])
    expect(await spend(node, key, usd, usd)).toBe('ok')
    await lab.query('UPDATE budgets SET limit_nanos = $2 WHERE id = $1', [budget, usd])
    expect(await spend(node, key, 1n, 1n)).toBe('insufficient_quota')
    expect(await brokenInvariants(lab.query)).toEqual({})
  })
})

describe('what is granted', () => {
  it('is clamped to what the budget can still pay', async () => {
    const key = await lab.addKey()
    await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    const reservation = await reserve(node, key, { want: 5n * usd, comfort: 2n * usd, floor: usd / 100n })
    expect(reservation.amountNanos).toBe(usd)
    await node.settle(reservation, outcomeOf(reservation.requestId, key, lab.modelId, usd / 2n))
    const next = await reserve(node, key, { want: 5n * usd, comfort: 2n * usd, floor: usd / 100n })
    expect(next.amountNanos).toBe(usd / 2n)
    await node.release(next, outcomeOf(next.requestId, key, lab.modelId, 0n))
  })

  it('is not cut short because others hold the money: it waits for them', async () => {
    const key = await lab.addKey()
    await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    const first = await reserve(node, key, { want: (usd * 9n) / 10n })
    const second = reserve(other, key, { want: usd / 2n, comfort: usd / 2n, floor: 1n })
    await new Promise((done) => setTimeout(done, 150))
    await node.release(first, outcomeOf(first.requestId, key, lab.modelId, 0n))
    const reservation = await second
    expect(reservation.amountNanos).toBe(usd / 2n)
    await other.release(reservation, outcomeOf(reservation.requestId, key, lab.modelId, 0n))
  })

  it('is what there is, where it serves, when nothing comes back in time', async () => {
    const impatient = await openNode(database.appUrl, { waitMs: 0 })
    const key = await lab.addKey()
    await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    const first = await reserve(impatient, key, { want: (usd * 9n) / 10n })
    const second = await reserve(impatient, key, { want: usd, comfort: usd / 2n, floor: usd / 10n })
    expect(second.amountNanos).toBe(usd / 10n)
    for (const held of [first, second]) await impatient.release(held, outcomeOf(held.requestId, key, lab.modelId, 0n))
    await impatient.end()
  })

  it('is nothing to who asks for more than there can be, and takes no other along', async () => {
    const [greedy, modest] = [await lab.addKey(), await lab.addKey()]
    for (const key of [greedy, modest]) await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    const others = Array.from({ length: 4 }, () => spend(node, modest, usd / 4n, usd / 4n))
    const outcomes = await Promise.all([spend(node, greedy, 10n ** 20n, 0n), ...others])
    expect(outcomes).toEqual(['insufficient_quota', 'ok', 'ok', 'ok', 'ok'])
    const held = await reserve(node, modest, { want: 0n }).catch(({ code }) => code)
    expect(held).toBe('insufficient_quota')
  })

  it('lets a waiting caller go when it hangs up', async () => {
    const key = await lab.addKey()
    await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    const first = await reserve(node, key, { want: usd })
    const gone = new AbortController()
    const second = reserve(node, key, { want: usd, signal: gone.signal })
    setTimeout(() => gone.abort(new Error('gone')), 50)
    await expect(second).rejects.toThrow('gone')
    await node.release(first, outcomeOf(first.requestId, key, lab.modelId, 0n))
    const held = await lab.query('SELECT FROM reservations WHERE key_id = $1', [key.keyId])
    expect(held).toHaveLength(0)
  })

  it('says after the longest wait that the money is only busy', async () => {
    const impatient = await openNode(database.appUrl, { waitMs: 150 })
    const key = await lab.addKey()
    await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    const first = await reserve(impatient, key, { want: usd })
    await expect(reserve(impatient, key, { want: usd })).rejects.toMatchObject({ code: 'rate_limit_exceeded' })
    await impatient.release(first, outcomeOf(first.requestId, key, lab.modelId, 0n))
    await impatient.end()
  })
})

describe('a closing', () => {
  it('counts once however often it is sent', async () => {
    const key = await lab.addKey()
    await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    const reservation = await reserve(node, key, { want: usd / 2n })
    const outcome = outcomeOf(reservation.requestId, key, lab.modelId, usd / 4n)
    await Promise.all([
      node.settle(reservation, outcome),
      other.settle(reservation, outcome),
      node.release(reservation, outcome),
    ])
    const entries = await lab.query('SELECT FROM ledger_entries WHERE request_id = $1', [reservation.requestId])
    expect(entries).toHaveLength(1)
    expect(await brokenInvariants(lab.query)).toEqual({})
  })

  it('books all that a vendor reports beyond the reservation, as overrun', async () => {
    const key = await lab.addKey()
    await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    const reservation = await reserve(node, key, { want: usd })
    await node.settle(reservation, outcomeOf(reservation.requestId, key, lab.modelId, 3n * usd))
    const [row] = await lab.query<{ cost: string; overrun: string }>(
      'SELECT cost_nanos AS cost, overrun_nanos AS overrun FROM ledger_entries WHERE request_id = $1',
      [reservation.requestId],
    )
    expect(row).toEqual({ cost: String(3n * usd), overrun: String(2n * usd) })
    // It could happen again: the key stops until somebody has looked, and has nothing left then.
    expect(await spend(node, key, 1n, 1n)).toBe('key_paused')
    await lab.query('UPDATE keys SET paused_at = NULL WHERE id = $1', [key.keyId])
    expect(await spend(node, key, 1n, 1n)).toBe('insufficient_quota')
    expect(await brokenInvariants(lab.query)).toEqual({})
  })

  it('keeps what was reserved when the node that held it is gone', async () => {
    const key = await lab.addKey()
    await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    const reservation = await reserve(node, key, { want: usd / 2n })
    // The node dies: its lease runs out.
    const doomed = newId()
    await lab.query('UPDATE reservations SET node_id = $2 WHERE request_id = $1', [reservation.requestId, doomed])
    const [{ expired }] = (await lab.query<{ expired: number }>('SELECT ledger_expire(10) AS expired')) as [
      { expired: number },
    ]
    expect(expired).toBe(1)
    const [entry] = await lab.query('SELECT kind, cost_nanos AS cost FROM ledger_entries WHERE request_id = $1', [
      reservation.requestId,
    ])
    expect(entry).toEqual({ kind: 'expiry', cost: String(usd / 2n) })
    await node.settle(reservation, outcomeOf(reservation.requestId, key, lab.modelId, 1n))
    expect(await brokenInvariants(lab.query)).toEqual({})
  })

  it('of a refused request leaves a row and costs nothing', async () => {
    const key = await lab.addKey()
    const outcome = {
      ...outcomeOf(newId(), key, lab.modelId, 0n),
      status: 402,
      errorCode: 'insufficient_quota',
      modelId: null,
    }
    await node.record(outcome)
    await node.record(outcome)
    const rows = await lab.query('SELECT status, cost_nanos AS cost FROM requests WHERE id = $1', [outcome.requestId])
    expect(rows).toEqual([{ status: 402, cost: '0' }])
    expect(await brokenInvariants(lab.query)).toEqual({})
  })
})

describe('a key', () => {
  it('that was stopped a moment ago reserves nothing', async () => {
    const key = await lab.addKey()
    await lab.query('UPDATE keys SET paused_at = now() WHERE id = $1', [key.keyId])
    await expect(reserve(node, key, { want: 1n })).rejects.toMatchObject({ code: 'key_paused' })
    await lab.query('UPDATE keys SET paused_at = NULL, revoked_at = now() WHERE id = $1', [key.keyId])
    await expect(reserve(node, key, { want: 1n })).rejects.toMatchObject({ code: 'invalid_api_key' })
  })

  it('with a budget cannot call what has no price; one without can', async () => {
    const key = await lab.addKey()
    const unpriced = {
      caller: key,
      modelId: lab.modelId,
      wantNanos: null,
      comfortNanos: null,
      floorNanos: null,
      signal: never,
    }
    const free = await node.reserve({ requestId: newId(), ...unpriced })
    expect(free.amountNanos).toBe(0n)
    await node.release(free, outcomeOf(free.requestId, key, lab.modelId, 0n))
    await lab.addBudget(key, { scope: 'key', limitNanos: usd })
    await expect(node.reserve({ requestId: newId(), ...unpriced })).rejects.toMatchObject({
      code: 'invalid_request_error',
    })
  })
})

describe('entries', () => {
  it('cannot be changed or deleted, by the owner of the table either', async () => {
    await expect(lab.query('UPDATE ledger_entries SET cost_nanos = 0')).rejects.toThrow('append-only')
    await expect(lab.query('DELETE FROM ledger_entries')).rejects.toThrow('append-only')
    await expect(lab.query('TRUNCATE ledger_entries')).rejects.toThrow('append-only')
  })
})
