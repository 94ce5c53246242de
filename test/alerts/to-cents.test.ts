import { expect, it } from 'vitest'
import { toCents } from '#lib/alerts/to-cents.ts'

it.each([
  ['18.79431125', '18.79'],
  ['1.999999999', '1.99'],
  ['24.5', '24.5'],
  ['30', '30'],
  ['0.004999999', '0.004999999'],
])('writes %s USD as %s: never more than it is, and never nothing', (usd, written) => {
  expect(toCents(usd)).toBe(written)
})
