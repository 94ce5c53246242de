import { setImmediate as nextTurnOfLoop } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { readWhatCame } from '#proxy/steps/read-what-came.ts'

type Came = { isOver: boolean; pieces: number }

/** A vendor and a clock that the test drives. */
function open() {
  const waiting: { resolve(came: Came): void; reject(error: unknown): void }[] = []
  const turns: (() => void)[] = []
  const settle = () => nextTurnOfLoop()
  const missed = readWhatCame(
    () => new Promise<Came>((resolve, reject) => waiting.push({ resolve, reject })),
    () => new Promise<null>((resolve) => turns.push(() => resolve(null))),
  )
  return {
    missed,
    async come(came: Partial<Came>) {
      waiting.shift()!.resolve({ isOver: false, pieces: 1, ...came })
      await settle()
    },
    async fail(error: unknown) {
      waiting.shift()!.reject(error)
      await settle()
    },
    async pass(count = 1) {
      for (let left = count; left > 0; left--) {
        turns.shift()!()
        await settle()
      }
    },
    /** It has made up its mind when it waits for no further turn. */
    isDone: () => turns.length === 0,
  }
}

describe('what a vendor has served after its caller left', () => {
  test('is all here at its end, without any wait', async () => {
    const vendor = open()
    await vendor.come({ pieces: 40 })
    await vendor.come({ isOver: true, pieces: 2 })
    expect(await vendor.missed).toBe(0)
  })

  test('is all here at its end, however often it stands still before that', async () => {
    const vendor = open()
    await vendor.pass(7)
    await vendor.come({ pieces: 30 })
    await vendor.pass(8)
    await vendor.come({ pieces: 30 })
    await vendor.pass(8)
    expect(vendor.isDone()).toBe(false)
    await vendor.come({ isOver: true, pieces: 0 })
    expect(await vendor.missed).toBe(0)
  })

  test('is unknown when it falls silent and does not end', async () => {
    const vendor = open()
    await vendor.come({ pieces: 3 })
    await vendor.pass(8)
    expect(vendor.isDone()).toBe(false)
    await vendor.pass()
    expect(await vendor.missed).toBe(Number.POSITIVE_INFINITY)
  })

  test('is known but for a moment when it goes on and on', async () => {
    const vendor = open()
    await vendor.come({ pieces: 100 })
    await vendor.pass()
    for (const pieces of [4, 5, 6]) {
      expect(vendor.isDone()).toBe(false)
      await vendor.come({ pieces })
      await vendor.pass()
    }
    expect(await vendor.missed).toBe(15)
  })

  test('is unknown when it goes on within one piece', async () => {
    const vendor = open()
    await vendor.come({ pieces: 100 })
    await vendor.pass()
    for (let turns = 3; turns > 0; turns--) {
      await vendor.come({ pieces: 0 })
      await vendor.pass()
    }
    expect(await vendor.missed).toBe(Number.POSITIVE_INFINITY)
  })

  test('ends with its failure where it breaks off', async () => {
    const vendor = open()
    await vendor.come({ pieces: 3 })
    const broken = expect(vendor.missed).rejects.toThrow('broken off')
    await vendor.fail(new Error('broken off'))
    await broken
  })
})
