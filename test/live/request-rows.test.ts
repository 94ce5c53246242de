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

  it('puts one that began before others ended in its place, also where nobody has read yet', () => {
    expect(shown(withArrived(list, page([7]), true))).toEqual([9, 8, 7, 6])
    expect(shown(withArrived({ ...list, nextCursor: null }, page([5]), true))).toEqual([9, 8, 6, 5])
    const next = withArrived(list, page([5, 2]), true)
    expect(shown(next)).toEqual([9, 8, 6])
    // The page that follows was read before these two ended.
    const older = withOlder(next, 'after 6', page([4, 3], 'after 3'))
    expect(shown(older)).toEqual([9, 8, 6, 5, 4, 3])
    expect(shown(withOlder(older, 'after 3', page([1])))).toEqual([9, 8, 6, 5, 4, 3, 2, 1])
    // Or after that.
    expect(shown(withOlder(next, 'after 6', page([5, 4], 'after 4')))).toEqual([9, 8, 6, 5, 4])
  })

  it('lets them wait while somebody reads further down, and those that belong there too', () => {
    const next = withArrived(withArrived(list, page([10]), false), page([11, 10, 5]), false)
    expect(shown(next)).toEqual([9, 8, 6])
    expect(next.waiting).toHaveLength(2)
    const older = withOlder(next, 'after 6', page([5, 4]))
    expect(shown(older)).toEqual([9, 8, 6, 5, 4])
    const seen = withWaiting(older)
    expect(shown(seen)).toEqual([11, 10, 9, 8, 6, 5, 4])
    expect(seen.waiting).toEqual([])
    expect(withWaiting(seen)).toBe(seen)
  })

  it('begins anew after a silence, because one that began long ago may have ended in it', () => {
    const newest = withNewest(list, page([12, 9, 8, 7], 'after 7', 44), true)
    expect(shown(newest)).toEqual([12, 9, 8, 7])
    expect([newest.nextCursor, newest.totals.requests, [...newest.latest]]).toEqual(['after 7', 44, ['r0012', 'r0007']])
  })

  it('does not begin anew under the eyes of who reads further down, but once its top is seen', () => {
    const below = withNewest(list, page([99, 98, 97], 'after 97'), false)
    expect(shown(below)).toEqual([9, 8, 6])
    expect([below.waiting.length, below.isStale]).toEqual([3, true])
    expect(withArrived(below, page([100]), false).isStale).toBe(true)
    const top = withNewest(withWaiting(below), page([101, 100, 99], 'after 99'), true)
    expect(shown(top)).toEqual([101, 100, 99])
    expect([top.nextCursor, top.isStale, top.waiting, top.below]).toEqual(['after 99', false, [], []])
  })

  it('is stale when it has grown too long, and only by what comes on top', () => {
    const long = beginRows(page(Array.from({ length: 2_000 }, (_, index) => 3_000 - index)))
    expect(long.isStale).toBe(false)
    expect(withArrived(long, page([3_001]), false).isStale).toBe(false)
    expect(withArrived(long, page([3_001]), true).isStale).toBe(true)
  })

  it('grows at its end, and not twice for the same cursor', () => {
    const next = withOlder(list, 'after 6', page([6, 5, 4], 'after 4'))
    expect(shown(next)).toEqual([9, 8, 6, 5, 4])
    expect(next.nextCursor).toBe('after 4')
    expect(withOlder(next, 'after 6', page([5, 4, 3], null))).toBe(next)
  })
})
