import { describe, expect, it } from 'vitest'
import { createMemoryLimits } from '#lib/limits/create-memory-limits.ts'
import { formatReset } from '#lib/limits/format-reset.ts'
import type { ScopeLimits } from '#lib/limits/scope-limits.ts'

function of(more: Partial<ScopeLimits>): { limits: ScopeLimits[] } {
  const none = { requestsPerMinute: null, tokensPerMinute: null, requestsPerDay: null, maxParallel: null }
  return { limits: [{ scope: 'key', id: 'k', ...none, ...more }] }
}

function open() {
  let at = 1_000_000
  const limits = createMemoryLimits(() => at)
  return {
    limits,
    pass(ms: number) {
      at += ms
    },
  }
}

describe('requests a minute', () => {
  it('are as many as allowed, and come back evenly', () => {
    const { limits, pass } = open()
    const caller = of({ requestsPerMinute: 6 })
    for (let count = 0; count < 6; count++) limits.enter(caller).leave(0)
    expect(() => limits.enter(caller)).toThrowError(
      expect.objectContaining({ code: 'rate_limit_exceeded', retryAfterMs: 10_000 }),
    )
    pass(9_999)
    expect(() => limits.enter(caller)).toThrow()
    pass(1)
    limits.enter(caller).leave(0)
    expect(() => limits.enter(caller)).toThrow()
  })

  it('are counted for each key apart, and told in the headers', () => {
    const { limits } = open()
    const { headers } = limits.enter(of({ requestsPerMinute: 60 }))
    expect(headers).toEqual({
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-remaining-requests': '59',
      'x-ratelimit-reset-requests': '1s',
    })
    expect(limits.enter(of({ id: 'other', requestsPerMinute: 60 })).headers).toEqual(headers)
  })

  it('are bound by the project too, which its keys share, and the headers tell of what binds', () => {
    const { limits } = open()
    const project = of({ scope: 'project', id: 'p', requestsPerMinute: 3 }).limits
    const callerOf = (id: string) => ({ limits: [...of({ id, requestsPerMinute: 2 }).limits, ...project] })
    limits.enter(callerOf('a'))
    expect(limits.enter(callerOf('a')).headers).toMatchObject({ 'x-ratelimit-remaining-requests': '0' })
    expect(limits.enter(callerOf('b')).headers).toMatchObject({
      'x-ratelimit-limit-requests': '3',
      'x-ratelimit-remaining-requests': '0',
    })
    expect(() => limits.enter(callerOf('c'))).toThrow('The project of this key may make 3 requests a minute')
  })

  it('are taken from all scopes or from none', () => {
    const { limits } = open()
    const tight = of({ scope: 'project', id: 'p', requestsPerMinute: 1 }).limits
    const caller = { limits: [...of({ requestsPerMinute: 5 }).limits, ...tight] }
    limits.enter(caller)
    expect(() => limits.enter(caller)).toThrow()
    expect(limits.enter(of({ requestsPerMinute: 5 })).headers).toMatchObject({ 'x-ratelimit-remaining-requests': '3' })
  })
})

describe('requests a day', () => {
  it('come back over the day', () => {
    const { limits, pass } = open()
    const caller = of({ requestsPerDay: 24 })
    for (let count = 0; count < 24; count++) limits.enter(caller).leave(0)
    expect(() => limits.enter(caller)).toThrowError(expect.objectContaining({ retryAfterMs: 3_600_000 }))
    pass(3_600_000)
    limits.enter(caller)
  })
})

describe('tokens a minute', () => {
  it('may be overdrawn by one answer, and the debt is waited off', () => {
    const { limits, pass } = open()
    const caller = of({ tokensPerMinute: 600 })
    limits.enter(caller).leave(900)
    expect(() => limits.enter(caller)).toThrowError(expect.objectContaining({ retryAfterMs: 30_100 }))
    pass(30_100)
    limits.enter(caller).leave(1)
  })

  it('are taken by estimate and corrected by what was used', () => {
    const { limits } = open()
    const caller = of({ tokensPerMinute: 600 })
    const first = limits.enter(caller)
    first.expect(500)
    const second = limits.enter(caller)
    expect(() => second.expect(200)).toThrowError(expect.objectContaining({ retryAfterMs: 10_000 }))
    first.leave(100)
    second.expect(200)
    expect(limits.enter(caller).headers).toMatchObject({ 'x-ratelimit-remaining-tokens': '300' })
  })

  it('let a request go that is larger than all of them, when all of them are there', () => {
    const { limits } = open()
    limits.enter(of({ tokensPerMinute: 600 })).expect(5_000)
  })
})

describe('requests at the same time', () => {
  it('are bounded until one leaves', () => {
    const { limits } = open()
    const caller = of({ maxParallel: 2 })
    const first = limits.enter(caller)
    limits.enter(caller)
    expect(() => limits.enter(caller)).toThrow('2 requests at the same time')
    first.leave(0)
    limits.enter(caller)
  })
})

it.each([
  [20, '20ms'],
  [7_200, '7.2s'],
  [90_000, '1m30s'],
])('%i ms reads %s', (ms, text) => {
  expect(formatReset(ms)).toBe(text)
})
