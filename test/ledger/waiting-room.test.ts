import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#lib/core/ids.ts'
import { createWaitingRoom } from '#lib/ledger/create-waiting-room.ts'
import { createTestDatabase } from '../support/database.ts'
import { brokenInvariants } from './invariants.ts'
import { type Key, type Lab, openLab, openNode, outcomeOf } from './lab.ts'

const never = new AbortController().signal
const usd = 1_000_000_000n

describe('a line', () => {
  it('lets the first one go first, and what is small pass only while the first is patient', async () => {
    let left = 3
    const take = (amount: number) => async () => {
      if (amount > left) return { done: false as const }
      left -= amount
      return { done: true as const, value: amount }
    }
    const deadline = Date.now() + 60_000
    for (const [patienceMs, served] of [
      [60_000, [1, 1]],
      [0, []],
    ] as const) {
      const room = createWaitingRoom(patienceMs)
      const done: number[] = []
      left = 3
      const calls = [5, 1, 1].map((amount) =>
        room.wait('a', take(amount), deadline, never).then((value) => done.push(value!)),
      )
      expect(room.isHeldUp('a')).toBe(patienceMs === 0)
      expect(room.isHeldUp('b')).toBe(false)
      room.stir()
      await sleep(0)
      expect(done).toEqual(served)
      left = 7
      room.stir()
      await Promise.all(calls)
      expect(done.toSorted()).toEqual([1, 1, 5])
      if (patienceMs === 0) expect(done[0]).toBe(5)
    }
  })
})

describe('a ledger that is waited for', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let lab: Lab
  let node: Awaited<ReturnType<typeof openNode>>

  beforeAll(async () => {
    database = await createTestDatabase()
    lab = await openLab(database.url)
    // Patience is a quarter of it.
    node = await openNode(database.appUrl, { waitMs: 40_000 })
  })
  afterAll(async () => {
    await node?.end()
    await lab?.close()
    await database?.drop()
  })

  const reserve = (key: Key, nanos: bigint, signal = never) => {
    const amounts = { wantNanos: nanos, comfortNanos: nanos, floorNanos: nanos }
    return node.reserve({ requestId: newId(), caller: key, modelId: lab.modelId, ...amounts, signal })
  }
  const release = (held: { requestId: string; amountNanos: bigint; waitedMs?: number }, key: Key) =>
    node.release(held, outcomeOf(held.requestId, key, lab.modelId, 0n))

  it('serves the large one that waits although small ones of another key keep coming', async () => {
    const [ours, theirs] = [await lab.addKey(), await lab.addKey()]
    const budget = await lab.addBudget(ours, { scope: 'project', limitNanos: usd })
    const first = await reserve(theirs, usd / 2n)
    let isServed = false
    const large = reserve(ours, usd).then((held) => {
      isServed = true
      return held
    })
    // Each takes over from the one before: without a line, the large one would wait for ever.
    let before = first
    let rounds = 0
    while (!isServed) {
      rounds++
      const next = reserve(theirs, usd / 2n)
      const isThrough = await Promise.race([next.then(() => true), sleep(2_000, false)])
      await release(before, theirs)
      if (!isThrough) {
        const held = await large
        await release(held, ours)
      }
      before = await next
      await sleep(20)
    }
    await release(before, theirs)
    expect((await large).waitedMs).toBeGreaterThan(0)
    expect(rounds).toBeGreaterThan(1)
    await lab.query('UPDATE budgets SET archived_at = now() WHERE id = $1', [budget])
    expect(await brokenInvariants(lab.query)).toEqual({})
  })
})
