import { describe, expect, it } from 'vitest'
import { priceInForce } from '#lib/prices/price-in-force.ts'

const day = (number: number) => new Date(Date.UTC(2026, 0, number))

function version(id: string, source: 'catalogue' | 'override', deploymentId: string | null, from: number) {
  return { id, source, deploymentId, effectiveFrom: day(from) }
}

function winner(versions: ReturnType<typeof version>[], at = 10, deployment: string | null = 'd') {
  return priceInForce(versions, deployment, day(at))?.id ?? null
}

describe('the price in force', () => {
  it('is none when there is none, or none has begun', () => {
    expect(winner([])).toBeNull()
    expect(winner([version('a', 'override', null, 11)])).toBeNull()
  })

  it('is the latest that has begun', () => {
    const versions = [
      version('a', 'catalogue', 'd', 1),
      version('b', 'catalogue', 'd', 10),
      version('c', 'catalogue', 'd', 11),
    ]
    expect(winner(versions)).toBe('b')
    expect(winner(versions, 9)).toBe('a')
    expect(winner(versions, 11)).toBe('c')
  })

  it('is an override before any of the catalogue, however late', () => {
    expect(winner([version('a', 'override', null, 1), version('b', 'catalogue', 'd', 9)])).toBe('a')
  })

  it("is the deployment's own before the model's, however late", () => {
    expect(winner([version('a', 'override', 'd', 1), version('b', 'override', null, 9)])).toBe('a')
  })

  it('is never that of another deployment', () => {
    expect(winner([version('a', 'override', 'other', 1)])).toBeNull()
    expect(winner([version('a', 'override', 'd', 1), version('b', 'override', null, 1)], 10, null)).toBe('b')
  })

  it('is the later made of two that begin together', () => {
    expect(winner([version('b', 'override', null, 1), version('a', 'override', null, 1)])).toBe('b')
  })
})
