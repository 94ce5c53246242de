import { describe, expect, it } from 'vitest'
import { sumAmounts } from '#components/charts/sum-amounts.ts'
import { displayUsd } from '#components/display-usd.ts'

describe('displayUsd', () => {
  it.each([
    ['12.345678', '$12.35'],
    ['0', '$0.00'],
    ['0.000000001', '<$0.01'],
    ['0.009999999', '<$0.01'],
    ['0.01', '$0.01'],
    ['-0.004', '>-$0.01'],
    ['-3.5', '-$3.50'],
    ['123456789.999999999', '$123,456,790.00'],
  ])('shows %s as %s', (usd, shown) => {
    expect(displayUsd(usd)).toBe(shown)
  })

  it.each([
    ['0.0000375', '$0.0000375'],
    ['2.5', '$2.50'],
    ['123456789.123456789', '$123,456,789.123456789'],
  ])('keeps every digit of %s', (usd, shown) => {
    expect(displayUsd(usd, 'exact')).toBe(shown)
  })

  it.each([
    ['0', '$0'],
    ['0.002', '$0.002'],
    ['8', '$8'],
    ['1234', '$1.2K'],
  ])('shortens %s for an axis', (usd, shown) => {
    expect(displayUsd(usd, 'compact')).toBe(shown)
  })
})

it('sums to the nano, where floats would not', () => {
  expect(sumAmounts(['0.1', '0.2', '0.000000001'], 'usd')).toBe('0.300000001')
  expect(sumAmounts(['9007199254740993', '2'], 'count')).toBe('9007199254740995')
})
