import { describe, expect, it } from 'vitest'
import { emptyTier, priceDraftOf, wrongPriceFields } from '#components/prices/price-draft.ts'
import { readPriceDraft } from '../../app/(console)/[organization]/models/read-price-draft.ts'
import { ratesAndTiersOf } from '../../app/(console)/price-facts-of.ts'

const price = {
  inputPerMtok: 1_250_000_000n,
  outputPerMtok: 10_000_000_000n,
  cacheReadPerMtok: 125_000_000n,
  cacheWritePerMtok: null,
  reasoningPerMtok: null,
  perRequest: 0n,
  tiers: [
    {
      aboveInputTokens: 200_000,
      inputPerMtok: 2_500_000_000n,
      outputPerMtok: 15_000_000_000n,
      cacheReadPerMtok: 250_000_000n,
      cacheWritePerMtok: 4_000_000_000n,
      reasoningPerMtok: null,
    },
  ],
}

describe('a price in a form', () => {
  it('is the same when it is saved as it was opened, with its rates for long prompts', () => {
    expect(readPriceDraft(priceDraftOf(ratesAndTiersOf(price)))).toEqual(price)
  })

  it('has no two rates for the same prompts, and none without a number', () => {
    const draft = priceDraftOf(ratesAndTiersOf(price))
    const [tier] = draft.tiers
    expect(wrongPriceFields(draft)).toEqual([])
    expect(wrongPriceFields({ ...draft, tiers: [tier!, { ...tier!, above: '200,000' }] })).toEqual(['tiers.1.above'])
    expect(wrongPriceFields({ ...draft, tiers: [emptyTier] })).toEqual([
      'tiers.0.above',
      'tiers.0.input',
      'tiers.0.output',
    ])
    expect(wrongPriceFields({ ...draft, cacheRead: 'much', tiers: [{ ...tier!, reasoning: 'more' }] })).toEqual([
      'cacheRead',
      'tiers.0.reasoning',
    ])
  })

  it('is refused by its field where it cannot be read', () => {
    const draft = priceDraftOf(ratesAndTiersOf(price))
    const read = (tiers: unknown) => () => readPriceDraft({ ...draft, tiers })
    expect(read([{ ...draft.tiers[0], above: '0' }])).toThrow(expect.objectContaining({ param: 'tiers.0.above' }))
    expect(read([{ ...draft.tiers[0], input: '' }])).toThrow(expect.objectContaining({ param: 'tiers.0.input' }))
  })
})
