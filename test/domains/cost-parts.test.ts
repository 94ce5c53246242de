import fc from 'fast-check'
import { expect, it } from 'vitest'
import { costPartsOf } from '#app/(console)/[organization]/requests/cost-parts-of.ts'
import { parseUsd } from '#lib/core/money.ts'
import { costOf, type Price } from '#lib/core/price.ts'
import { unitKinds } from '#lib/core/units.ts'
import type { Usage } from '#lib/core/usage.ts'

const rate = fc.bigInt(0n, 100_000_000_000n)
const some = fc.integer({ min: 0, max: 200_000 })

const price: fc.Arbitrary<Price> = fc.record({
  id: fc.constant('p'),
  inputPerMtok: rate,
  outputPerMtok: rate,
  cacheReadPerMtok: fc.option(rate),
  cacheWritePerMtok: fc.option(rate),
  reasoningPerMtok: fc.option(rate),
  perRequest: rate,
  tiers: fc.constant([]),
  units: fc.uniqueArray(
    fc.record({ kind: fc.constantFrom(...unitKinds), priceNanos: rate, per: fc.constantFrom(1, 60, 1_000, 1_000_000) }),
    { selector: ({ kind }) => kind },
  ),
})

/** Parts of the input and the output are never more than the whole. */
const usage: fc.Arbitrary<Usage> = fc
  .tuple(some, some, some, some, some, some, some, some, some, some, some, some)
  .map(
    ([
      fresh,
      cached,
      written,
      kept,
      soundIn,
      picturesIn,
      answer,
      reasoning,
      soundOut,
      picturesOut,
      images,
      seconds,
    ]) => ({
      inputTokens: fresh + cached + written + kept + soundIn + picturesIn,
      cachedTokens: cached,
      cacheWriteTokens: written + kept,
      outputTokens: answer + reasoning + soundOut + picturesOut,
      reasoningTokens: reasoning,
      units: {
        image: images,
        second: seconds,
        character: images,
        search: seconds,
        audio_input_token: soundIn,
        image_input_token: picturesIn,
        audio_output_token: soundOut,
        image_output_token: picturesOut,
        hour_cache_write_token: kept,
      },
    }),
  )

it('the parts of a cost add up to it, whatever it is paid by', () => {
  fc.assert(
    fc.property(usage, price, (used, paid) => {
      const parts = costPartsOf(used, paid)
      const sum = parts.reduce((total, { costUsd }) => total + parseUsd(costUsd)!, 0n)
      const off = costOf(used, paid) - sum
      expect(off >= 0n && off <= BigInt(parts.length)).toBe(true)
    }),
  )
})

it('names pictures and sound by themselves', () => {
  const units = [{ kind: 'second' as const, priceNanos: 6_000_000n, per: 60 }]
  const paid = { inputPerMtok: 0n, outputPerMtok: 0n, cacheReadPerMtok: null, cacheWritePerMtok: null }
  const parts = costPartsOf(
    {
      inputTokens: null,
      cachedTokens: null,
      cacheWriteTokens: null,
      outputTokens: null,
      reasoningTokens: null,
      units: { second: 90 },
    },
    { ...paid, reasoningPerMtok: null, perRequest: 0n, tiers: [], units },
  )
  expect(parts).toEqual([{ class: 'second', count: 90, rateUsd: '0.006', per: 60, costUsd: '0.009' }])
})
