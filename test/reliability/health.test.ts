import { beforeEach, describe, expect, test } from 'vitest'
import type { Deployment } from '#proxy/gateway.ts'
import type { Fault, Lesson } from '#proxy/routing/health.ts'
import { type HealthChange, type OpenHealth, openHealth } from '#proxy/routing/open-health.ts'
import { readRetryAfter } from '#proxy/routing/read-retry-after.ts'
import { randomFrom } from '../proxy/support/random.ts'
import { deploymentOf } from '../proxy/support/world.ts'

const vendor = { baseUrl: 'http://vendor.test/v1' }

let nowMs: number
let health: OpenHealth
let changes: HealthChange[]

beforeEach(() => {
  nowMs = 1_000_000
  changes = []
  health = openHealth({
    clock: { now: () => nowMs },
    random: randomFrom(1),
    onChange: (change) => changes.push(change),
  })
})

const a = deploymentOf(vendor, { id: 'a', providerId: 'A' })
const b = deploymentOf(vendor, { id: 'b', providerId: 'B' })

function lesson(fault: Fault, more: Partial<Lesson> = {}): Lesson {
  return { fault, retryAfterMs: null, status: 500, ...more }
}

/** A call that takes so long and then ends so. */
function call(deployment: Deployment, ended: Lesson | null, tookMs = 10): void {
  const one = health.begin(deployment, true)
  nowMs += tookMs
  if (ended === null) one.began()
  one.ended(ended)
}

const ready = (...all: Deployment[]): string[] => health.rank(all, null).ready.map(({ id }) => id)

describe('a circuit', () => {
  test('is not opened by a blip, nor by a few among many', () => {
    for (let count = 0; count < 4; count++) call(a, lesson('vendor'))
    call(a, null)
    expect(ready(a)).toEqual(['a'])
    nowMs += 61_000
    for (let count = 0; count < 40; count++) call(a, count % 3 === 2 ? lesson('vendor') : null)
    expect(ready(a)).toEqual(['a'])
    expect(changes).toEqual([])
  })

  test.each(['vendor', 'unreachable', 'lost', 'slow'] as const)(
    'is opened by %s five times in a row, and says why',
    (fault) => {
      for (let count = 0; count < 5; count++) call(a, lesson(fault, { status: fault === 'vendor' ? 503 : null }))
      expect(ready(a, b)).toEqual(['b'])
      expect(changes).toMatchObject([{ id: 'a', state: 'open', reason: fault === 'vendor' ? 'status_503' : fault }])
    },
  )

  test('is opened when half of the last calls failed', () => {
    for (let count = 0; count < 20; count++) call(a, count % 2 === 0 ? null : lesson('vendor'))
    expect(ready(a, b)).toEqual(['b'])
  })

  test('lets one call at a time try it again, and closes when that works', () => {
    for (let count = 0; count < 5; count++) call(a, lesson('vendor'))
    nowMs += 3_000
    expect(health.rank([a, b], null).ready[0]?.id).toBe('a')
    const probe = health.begin(a, true)
    expect(probe.patienceMs).not.toBeNull()
    expect(ready(a, b)).toEqual(['b'])
    probe.began()
    probe.ended(null)
    expect(ready(a, b).sort()).toEqual(['a', 'b'])
    expect(changes.map(({ state }) => state)).toEqual(['open', 'half_open', 'ok'])
  })

  test('stays open for longer each time that the trial fails', () => {
    for (let count = 0; count < 5; count++) call(a, lesson('vendor'))
    let before = 0
    for (let trial = 0; trial < 4; trial++) {
      const { untilMs } = changes.at(-1)!
      nowMs = untilMs!
      expect(ready(a)).toEqual(['a'])
      call(a, lesson('vendor'))
      const restedMs = changes.at(-1)!.untilMs! - nowMs
      expect(restedMs).toBeGreaterThan(before)
      before = restedMs
    }
    expect(before).toBeLessThanOrEqual(75_000)
  })

  test('is opened while streams wait and none gets its first token', () => {
    for (let count = 0; count < 10; count++) call(a, null, 100)
    const waiting = Array.from({ length: 3 }, () => health.begin(a, true))
    nowMs += 1_900
    expect(ready(a, b).sort()).toEqual(['a', 'b'])
    nowMs += 200
    expect(ready(a, b)).toEqual(['b'])
    expect(changes.at(-1)).toMatchObject({ id: 'a', state: 'open', reason: 'slow' })
    for (const one of waiting) one.ended(lesson('gone'))
  })

  test('is not opened by those who think for long while others get theirs', () => {
    const waiting = Array.from({ length: 5 }, () => health.begin(a, true))
    for (let count = 0; count < 20; count++) call(a, null, 500)
    expect(ready(a)).toEqual(['a'])
    for (const one of waiting) one.ended(null)
  })

  test.each(['request', 'context', 'content', 'gone'] as const)('is no matter of %s', (fault) => {
    for (let count = 0; count < 50; count++) call(a, lesson(fault, { status: 400 }))
    expect(ready(a)).toEqual(['a'])
  })
})

describe('a rate limit', () => {
  test('cools down for as long as the vendor says, and no longer', () => {
    call(a, lesson('limit', { status: 429, retryAfterMs: 7_000 }))
    expect(health.rank([a, b], null)).toMatchObject({ ready: [b], resting: [a], coolUntilMs: nowMs + 7_000 })
    nowMs += 6_999
    expect(ready(a, b)).toEqual(['b'])
    nowMs += 1
    expect(ready(a, b).sort()).toEqual(['a', 'b'])
  })
})

describe('strikes', () => {
  test('are not made by calls that were on their way together', () => {
    const together = Array.from({ length: 20 }, () => health.begin(a, true))
    for (const one of together) one.ended(lesson('limit', { status: 429 }))
    expect(changes).toHaveLength(1)
    expect(changes[0]!.untilMs! - nowMs).toBeLessThanOrEqual(1_250)
  })

  test('are forgiven when calls go well again', () => {
    const restMs = (): number => changes.at(-1)!.untilMs! - nowMs
    for (let count = 0; count < 5; count++) call(a, lesson('vendor'))
    const first = restMs()
    for (let again = 0; again < 3; again++) {
      nowMs = changes.at(-1)!.untilMs!
      expect(ready(a)).toEqual(['a'])
      call(a, null)
      for (let count = 0; count < 20; count++) call(a, null)
      for (let count = 0; count < 5; count++) call(a, lesson('vendor'))
      expect(restMs()).toBeLessThan(first * 2)
    }
  })
})

describe('a credential', () => {
  test('that is refused once is only suspected; twice it is out, with all its deployments, and says why', () => {
    const other = deploymentOf(vendor, { id: 'other', providerId: 'A' })
    call(a, lesson('account', { status: 401 }))
    expect(ready(a, other)).toHaveLength(2)
    call(a, lesson('account', { status: 401 }))
    expect(ready(a, other, b)).toEqual(['b'])
    expect(changes).toMatchObject([{ kind: 'credential', id: 'A', state: 'refused', reason: 'status_401' }])
  })

  test('that is refused after it worked is suspected anew', () => {
    call(a, lesson('account', { status: 403 }))
    call(a, null)
    call(a, lesson('account', { status: 403 }))
    expect(ready(a)).toEqual(['a'])
  })

  test('is tried again by one call, and is back when that works', () => {
    call(a, lesson('credit', { status: 402 }))
    expect(changes).toMatchObject([{ id: 'A', state: 'out_of_credit', reason: 'status_402' }])
    expect(ready(a, b)).toEqual(['b'])
    nowMs += 5 * 60_000
    expect(ready(a)).toEqual(['a'])
    const probe = health.begin(a, false)
    expect(ready(a, b)).toEqual(['b'])
    probe.began()
    probe.ended(null)
    expect(changes.at(-1)).toMatchObject({ id: 'A', state: 'ok', reason: null })
    expect(ready(a)).toEqual(['a'])
  })
})

describe('what another process says', () => {
  const known = (state: string, changedAtMs: number): Deployment => ({
    ...a,
    known: { deployment: { state, reason: 'slow', untilMs: nowMs + 60_000, changedAtMs }, credential: null },
  })

  test('counts when it is newer, also that a person put it back', () => {
    expect(ready(known('open', nowMs), b)).toEqual(['b'])
    expect(ready(known('ok', nowMs + 1), b).sort()).toEqual(['a', 'b'])
    expect(ready(known('open', nowMs), b).sort()).toEqual(['a', 'b'])
  })
})

describe('the order', () => {
  test('is by tier, and then whoever is idler and faster', () => {
    const backup = deploymentOf(vendor, { id: 'backup', providerId: 'C', priority: 1 })
    for (let count = 0; count < 10; count++) {
      call(a, null, 1_000)
      call(b, null, 20)
    }
    const first = Array.from({ length: 200 }, () => health.rank([a, b, backup], null).ready.map(({ id }) => id))
    expect(first.every((order) => order[2] === 'backup')).toBe(true)
    expect(first.filter(([one]) => one === 'b').length).toBeGreaterThan(120)
  })

  test('follows the weights where all are alike', () => {
    const heavy = deploymentOf(vendor, { id: 'heavy', providerId: 'H', weight: 3 })
    for (const one of [heavy, b]) call(one, null, 20)
    const share = Array.from({ length: 2_000 }, () => health.rank([heavy, b], null).ready[0]!.id)
    const heavyShare = share.filter((id) => id === 'heavy').length / share.length
    expect(heavyShare).toBeGreaterThan(0.7)
  })

  test('keeps those together whose prompts begin alike, and moves only the callers of one that left', () => {
    const c = deploymentOf(vendor, { id: 'c', providerId: 'C' })
    const keys = Array.from({ length: 300 }, (_, index) => `key ${index}`)
    const firstFor = (key: string, ...all: Deployment[]): string => health.rank(all, key).ready[0]!.id
    const before = new Map(keys.map((key) => [key, firstFor(key, a, b, c)]))
    for (const key of keys) expect(firstFor(key, a, b, c)).toBe(before.get(key))
    for (const id of ['a', 'b', 'c']) {
      expect([...before.values()].filter((one) => one === id).length).toBeGreaterThan(60)
    }
    for (const key of keys) if (before.get(key) !== 'c') expect(firstFor(key, a, b)).toBe(before.get(key))
  })

  test('leaves a warm cache that is much busier than the others', () => {
    const key = Array.from({ length: 50 }, (_, index) => `key ${index}`).find(
      (one) => health.rank([a, b], one).ready[0]!.id === 'a',
    )!
    const calls = Array.from({ length: 30 }, () => health.begin(a, false))
    const chosen = Array.from({ length: 50 }, () => health.rank([a, b], key).ready[0]!.id)
    expect(chosen.filter((id) => id === 'b').length).toBeGreaterThan(25)
    for (const one of calls) one.ended(null)
  })
})

test.each([
  [{ 'retry-after': '7' }, '', 7_000],
  [{ 'retry-after': '7', 'retry-after-ms': '6500' }, '', 6_500],
  [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, '', 30_000],
  [{}, '{"error":{"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"42s"}]}}', 42_000],
  [{ 'retry-after': 'soon' }, '', null],
  [{ 'retry-after': '1', 'retry-after-ms': '0' }, '', 1_000],
  [{}, '', null],
])('%o %s says to come back in %s ms', (headers, said, expected) => {
  expect(readRetryAfter(headers, said, Date.parse('2026-01-01T00:00:00Z'))).toBe(expected)
})
