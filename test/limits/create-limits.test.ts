import { describe, expect, it } from 'vitest'
import { createLimits } from '#lib/limits/create-limits.ts'
import { formatReset } from '#lib/limits/format-reset.ts'

const unlimited = { keyId: 'k', requestsPerMinute: null, tokensPerMinute: null, maxParallel: null }

function open() {
  let at = 1_000_000
  const limits = createLimits(() => at)
  return { limits, pass: (ms: number) => (at += ms) }
}

describe('requests a minute', () => {
  it('are as many as allowed, and come back evenly', () => {
    const { limits, pass } = open()
    const caller = { ...unlimited, requestsPerMinute: 6 }
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
    const { headers } = limits.enter({ ...unlimited, requestsPerMinute: 60 })
    expect(headers).toEqual({
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-remaining-requests': '59',
      'x-ratelimit-reset-requests': '1s',
    })
    expect(limits.enter({ ...unlimited, keyId: 'other', requestsPerMinute: 60 }).headers).toEqual(headers)
  })
})

describe('tokens a minute', () => {
  it('may be overdrawn by one answer, and the debt is waited off', () => {
    const { limits, pass } = open()
    const caller = { ...unlimited, tokensPerMinute: 600 }
    limits.enter(caller).leave(900)
    expect(() => limits.enter(caller)).toThrowError(expect.objectContaining({ retryAfterMs: 30_100 }))
    pass(30_100)
    limits.enter(caller).leave(1)
  })
})

describe('requests at the same time', () => {
  it('are bounded until one leaves', () => {
    const { limits } = open()
    const caller = { ...unlimited, maxParallel: 2 }
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
