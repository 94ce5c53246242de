import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { costOf, highestCostOf, type Price } from '#lib/core/price.ts'
import { type UnitKind, unitKinds } from '#lib/core/units.ts'
import { type Usage, unknownUsage } from '#lib/core/usage.ts'

const free: Price = {
  id: 'price',
  inputPerMtok: 0n,
  outputPerMtok: 0n,
  cacheReadPerMtok: null,
  cacheWritePerMtok: null,
  reasoningPerMtok: null,
  perRequest: 0n,
  tiers: [],
}

const usd = (amount: number) => BigInt(Math.round(amount * 1e9))

describe('what is not paid by tokens of text', () => {
  const cases: [what: string, price: Partial<Price>, usage: Partial<Usage>, nanos: bigint][] = [
    [
      'two pictures at 0.04 USD',
      { units: [{ kind: 'image', priceNanos: usd(0.04), per: 1 }] },
      { units: { image: 2 } },
      usd(0.08),
    ],
    [
      '90 seconds at 0.006 USD a minute',
      { units: [{ kind: 'second', priceNanos: usd(0.006), per: 60 }] },
      { units: { second: 90 } },
      usd(0.009),
    ],
    [
      'a character at 15 USD a million, rounded up to nothing less than it costs',
      { units: [{ kind: 'character', priceNanos: usd(15), per: 1_000_000 }] },
      { units: { character: 1 } },
      15_000n,
    ],
    [
      'one search at 2 USD a thousand, one third of a nano-dollar and one token together, rounded up once',
      {
        inputPerMtok: 500_000n,
        units: [
          { kind: 'search', priceNanos: usd(2), per: 1000 },
          { kind: 'second', priceNanos: 1n, per: 3 },
        ],
      },
      { inputTokens: 1, units: { search: 1, second: 1 } },
      2_000_001n,
    ],
    [
      'tokens of pictures at their own price, the others at that of text',
      { inputPerMtok: usd(5), units: [{ kind: 'image_input_token', priceNanos: usd(10), per: 1_000_000 }] },
      { inputTokens: 100, units: { image_input_token: 60 } },
      60n * 10_000n + 40n * 5_000n,
    ],
    [
      'tokens of sound as text where they have no price of their own',
      { inputPerMtok: usd(5) },
      { inputTokens: 100, units: { audio_input_token: 60 } },
      100n * 5_000n,
    ],
    [
      'an hour in the cache, at twice the input',
      { inputPerMtok: usd(3), cacheWritePerMtok: usd(4) },
      { inputTokens: 100, cacheWriteTokens: 90, units: { hour_cache_write_token: 60 } },
      10n * 3_000n + 30n * 4_000n + 60n * 6_000n,
    ],
    [
      'an hour in the cache, at a price of its own',
      {
        inputPerMtok: usd(3),
        cacheWritePerMtok: usd(4),
        units: [{ kind: 'hour_cache_write_token', priceNanos: usd(5), per: 1_000_000 }],
      },
      { inputTokens: 100, cacheWriteTokens: 90, units: { hour_cache_write_token: 60 } },
      10n * 3_000n + 30n * 4_000n + 60n * 5_000n,
    ],
    ['a kind without a price', {}, { units: { image: 3 } }, 0n],
  ]
  test.each(cases)('%s', (_, price, usage, nanos) => {
    expect(costOf({ ...unknownUsage, ...usage }, { ...free, ...price })).toBe(nanos)
  })

  const rate = fc.bigInt({ min: 0n, max: usd(100) })
  const unitPrice = (kind: UnitKind) =>
    fc.record({
      kind: fc.constant(kind),
      priceNanos: rate,
      per: fc.constantFrom<number[]>(1, 60, 1000, 3600, 1_000_000),
    })
  const prices = fc
    .record({
      inputPerMtok: rate,
      outputPerMtok: rate,
      cacheReadPerMtok: fc.option(rate),
      units: fc.tuple(...unitKinds.map((kind) => fc.option(unitPrice(kind)))),
    })
    .map(({ units, ...rates }): Price => ({ ...free, ...rates, units: units.filter((one) => one !== null) }))
  const count = fc.integer({ min: 0, max: 1_000_000 })

  test('never costs more than the bound, whatever of it is used', () => {
    fc.assert(
      fc.property(prices, count, count, count, count, fc.array(count, { minLength: 8, maxLength: 8 }), (...drawn) => {
        const [price, input, output, inputMost, outputMost, amounts] = drawn
        const [audioIn = 0, imageIn = 0, audioOut = 0, imageOut = 0, image = 0, second = 0] = amounts
        const split = (whole: number, first: number, other: number): [number, number] => {
          const one = Math.min(whole, first)
          return [one, Math.min(whole - one, other)]
        }
        const [audioInput, imageInput] = split(input, audioIn, imageIn)
        const [written, kept] = split(input - audioInput - imageInput, second, image)
        const [audioOutput, imageOutput] = split(output, audioOut, imageOut)
        const usage: Usage = {
          ...unknownUsage,
          inputTokens: input,
          outputTokens: output,
          cacheWriteTokens: written + kept,
          units: {
            hour_cache_write_token: kept,
            audio_input_token: audioInput,
            image_input_token: imageInput,
            audio_output_token: audioOutput,
            image_output_token: imageOutput,
            image,
            second,
          },
        }
        const most = highestCostOf(input + inputMost, output + outputMost, price, {
          audio_input_token: 1,
          image_input_token: 1,
          audio_output_token: 1,
          image_output_token: 1,
          hour_cache_write_token: 1,
          image,
          second,
        })
        expect(costOf(usage, price)).toBeLessThanOrEqual(most)
      }),
      { numRuns: 500 },
    )
  })
})
