import { describe, expect, it } from 'vitest'
import type { RequestFacts } from '#components/requests/request-facts.ts'
import {
  beginRows,
  type RequestRows,
  type RequestsPage,
  withArrived,
  withNewest,
  withOlder,
  withWaiting,
} from '#components/requests/request-rows.ts'

/** The one of a second; of the list only its id and time matter. */
const request = (second: number) =>
  ({ id: `r${String(second).padStart(4, '0')}`, at: new Date(1e12 + second * 1000).toISOString() }) as RequestFacts

const page = (seconds: number[], nextCursor: string | null = null, requests = seconds.length): RequestsPage => ({
  rows: seconds.map(request),
  nextCursor,
  totals: { requests, inputTokens: 0, outputTokens: 0, costUsd: '0' },
})

const shown = ({ rows }: Pick<RequestRows, 'rows'>) => rows.map(({ id }) => Number(id.slice(1)))

describe('the list of requests while it is read', () => {
  const list = beginRows(page([9, 8, 6], 'after 6', 40))

  it('takes new ones in on top, each once, with the totals of the filter', () => {
    const next = withArrived(list, page([10, 9], null, 41), true)
    expect(shown(next)).toEqual([10, 9, 8, 6])
    expect([...next.latest]).toEqual(['r0010'])
    expect(next.totals.requests).toBe(41)
    expect(shown(withArrived(next, page([10]), true))).toEqual([10, 9, 8, 6])
  })

  it('puts one that began before others ended in its place, and leaves out what belongs below the last that was read', () => {
    expect(shown(withArrived(list, page([7]), true))).toEqual([9, 8, 7, 6])
    expect(shown(withArrived(list, page([5]), true))).toEqual([9, 8, 6])
    expect(shown(withArrived({ ...list, nextCursor: null }, page([5]), true))).toEqual([9, 8, 6, 5])
  })

  it('lets them wait while somebody reads further down', () => {
    const next = withArrived(withArrived(list, page([10]), false), page([11, 10]), false)
    expect(shown(next)).toEqual([9, 8, 6])
    expect(next.waiting).toHaveLength(2)
    const seen = withWaiting(next)
    expect(shown(seen)).toEqual([11, 10, 9, 8, 6])
    expect(seen.waiting).toEqual([])
    expect(withWaiting(seen)).toBe(seen)
  })

  it('joins its beginning as it is now to what it knows, where they meet', () => {
    expect(shown(withNewest(list, page([12, 11, 9], 'after 9'), true))).toEqual([12, 11, 9, 8, 6])
    expect(withNewest(list, page([12, 11, 9], 'after 9'), true).nextCursor).toBe('after 6')
    expect(shown(withNewest(list, page([2]), true))).toEqual([9, 8, 6])
  })

  it('begins anew where more came than it knows of, and not under the eyes of who reads further down', () => {
    const newest = page([99, 98, 97], 'after 97')
    expect(shown(withNewest(list, newest, true))).toEqual([99, 98, 97])
    const below = withNewest(list, newest, false)
    expect(shown(below)).toEqual([9, 8, 6])
    expect([below.waiting.length, below.isGapped]).toEqual([3, true])
    // Meeting what waits is not enough: between that and the list something is missing.
    const again = withNewest(below, page([100, 99, 98], 'after 98'), false)
    expect(again.isGapped).toBe(true)
    const top = withNewest(again, page([101, 100, 99], 'after 99'), true)
    expect(shown(top)).toEqual([101, 100, 99])
    expect([top.nextCursor, top.isGapped, top.waiting]).toEqual(['after 99', false, []])
  })

  it('grows at its end, and not twice for the same cursor', () => {
    const next = withOlder(list, 'after 6', page([6, 5, 4], 'after 4'))
    expect(shown(next)).toEqual([9, 8, 6, 5, 4])
    expect(next.nextCursor).toBe('after 4')
    expect(withOlder(next, 'after 6', page([5, 4, 3], null))).toBe(next)
  })
})
