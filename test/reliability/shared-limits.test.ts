import { MessageChannel } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#lib/core/ids.ts'
import { answeredInTime } from '#lib/limits/answered-in-time.ts'
import { createSharedLimits, type SharedLimits } from '#lib/limits/create-shared-limits.ts'
import type { ScopeLimits } from '#lib/limits/scope-limits.ts'
import { findRedis, type RunningRedis, startRedis } from './find-redis.ts'

const command = findRedis()
if (!command) console.warn('\n  No Redis is to be had here: what several gateways share is NOT tested.\n')

const log = { warn: () => undefined, info: () => undefined }

/** Others load the machine, and how patient a gateway is is no matter here. */
const answerWithinMs = 30_000

function of(more: Partial<ScopeLimits>): { limits: ScopeLimits[] } {
  const none = { requestsPerMinute: null, tokensPerMinute: null, requestsPerDay: null, maxParallel: null }
  return { limits: [{ scope: 'key', id: newId(), ...none, ...more }] }
}

describe.skipIf(!command)('limits that two gateways share', () => {
  let redis: RunningRedis
  let gateways: SharedLimits[]

  beforeAll(async () => {
    redis = await startRedis(command!)
    const open = () => createSharedLimits({ url: redis.url, log, answerWithinMs })
    gateways = [open(), open()]
    await untilShared()
  })

  afterAll(async () => {
    await Promise.all(gateways.map((gateway) => gateway.close()))
    await redis.kill()
  })

  /** Until both know of Redis and of each other: then two at once are one too many for a limit of one. */
  async function untilShared(): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      const caller = of({ maxParallel: 1 })
      const entered = await Promise.allSettled(gateways.map(async (gateway) => gateway.enter(caller)))
      if (entered.filter(({ status }) => status === 'fulfilled').length === 1) return
      await new Promise((done) => setTimeout(done, 25))
    }
    throw new Error('the gateways never shared')
  }

  async function admitted(caller: { limits: ScopeLimits[] }, tries: number): Promise<number> {
    const entered = await Promise.allSettled(
      Array.from({ length: tries }, async (_, index) => gateways[index % gateways.length]!.enter(caller)),
    )
    return entered.filter(({ status }) => status === 'fulfilled').length
  }

  test('requests a day and a minute are exact together', async () => {
    expect(await admitted(of({ requestsPerDay: 100 }), 400)).toBe(100)
    // A minute's allowance grows by one in six seconds.
    const perMinute = await admitted(of({ requestsPerMinute: 10 }), 100)
    expect(perMinute).toBeGreaterThanOrEqual(10)
    expect(perMinute).toBeLessThanOrEqual(11)
  })

  test('requests at the same time are exact together, and a turn that ends makes room at the other', async () => {
    const caller = of({ maxParallel: 7 })
    const entered = await Promise.allSettled(
      Array.from({ length: 40 }, async (_, index) => gateways[index % 2]!.enter(caller)),
    )
    const turns = entered.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(turns).toHaveLength(7)
    turns[0]!.leave(0)
    turns[1]!.leave(0)
    await expect.poll(() => admitted(caller, 20)).toBe(2)
  })

  test('tokens are taken by estimate and corrected by what was used', async () => {
    const caller = of({ tokensPerMinute: 600 })
    const [one, other] = gateways as [SharedLimits, SharedLimits]
    const first = await one.enter(caller)
    await first.expect(500)
    const second = await other.enter(caller)
    await expect(second.expect(300)).rejects.toMatchObject({ code: 'rate_limit_exceeded' })
    first.leave(100)
    await expect
      .poll(async () =>
        Promise.resolve(second.expect(300)).then(
          () => 'admitted',
          () => 'refused',
        ),
      )
      .toBe('admitted')
  })

  test('a key and its project admit together or not at all', async () => {
    const project = of({ scope: 'project', requestsPerDay: 5 }).limits
    const a = { limits: [...of({ requestsPerDay: 4 }).limits, ...project] }
    const b = { limits: [...of({ requestsPerDay: 4 }).limits, ...project] }
    const [ofA, ofB] = await Promise.all([admitted(a, 20), admitted(b, 20)])
    expect(ofA + ofB).toBe(5)
  })

  test('when Redis dies each grants its share at once, and they share again when it is back', async () => {
    const before = of({ requestsPerDay: 40 })
    expect(await admitted(before, 100)).toBe(40)
    await redis.kill()
    // Never more than the limit together: each of two may grant half of it.
    const during = of({ requestsPerDay: 40 })
    expect(await admitted(during, 200)).toBe(40)
    // What each granted before was counted along: at most what another granted in its place is left of its share.
    expect(await admitted(before, 100)).toBeLessThan(20)
    redis = await startRedis(command!, redis.port)
    await untilShared()
    expect(await admitted(of({ requestsPerDay: 30 }), 100)).toBe(30)
  })
})

describe('an answer', () => {
  test('that came while its process stood still is heard, one that never comes is not waited for', async () => {
    const { port1, port2 } = new MessageChannel()
    const came = new Promise((resolve) => port1.once('message', resolve))
    const answer = answeredInTime(came, 5)
    port2.postMessage('here')
    const until = performance.now() + 50
    while (performance.now() < until);
    await expect(answer).resolves.toBe('here')
    port1.close()
    await expect(answeredInTime(new Promise(() => undefined), 5)).rejects.toThrow('no answer')
  })
})
