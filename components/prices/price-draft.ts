import { formatUsd, parseUsd } from '#lib/core/money.ts'
import type { PriceFacts, RateFacts } from './price-facts.ts'

/** Rates as they stand in a form: USD per million tokens, as typed. Empty: that of the class it is part of. */
export interface RatesDraft {
  input: string
  output: string
  cacheRead: string
  cacheWrite: string
  reasoning: string
}

/** What prompts longer than so many tokens cost instead. */
export interface TierDraft extends RatesDraft {
  above: string
}

export interface PriceDraft extends RatesDraft {
  perRequest: string
  tiers: readonly TierDraft[]
}

export type RateName = keyof RatesDraft

/** A field of a price by its place: "input", "tiers.0.above". */
export type PriceField = RateName | 'perRequest' | `tiers.${number}.${keyof TierDraft}`

const emptyRates: RatesDraft = { input: '', output: '', cacheRead: '', cacheWrite: '', reasoning: '' }

export const emptyPrice: PriceDraft = { ...emptyRates, perRequest: '', tiers: [] }

export const emptyTier: TierDraft = { ...emptyRates, above: '' }

export const mostTiers = 10

export function priceDraftOf(price: Omit<PriceFacts, 'id' | 'source' | 'effectiveFrom'>): PriceDraft {
  return {
    ...ratesDraftOf(price),
    perRequest: price.perRequestUsd === formatUsd(0n) ? '' : price.perRequestUsd,
    tiers: price.tiers.map((tier) => ({ ...ratesDraftOf(tier), above: String(tier.aboveInputTokens) })),
  }
}

function ratesDraftOf(rates: RateFacts): RatesDraft {
  return {
    input: rates.inputUsd,
    output: rates.outputUsd,
    cacheRead: rates.cacheReadUsd ?? '',
    cacheWrite: rates.cacheWriteUsd ?? '',
    reasoning: rates.reasoningUsd ?? '',
  }
}

/** A number of tokens as people write it; null: it is none. */
export function readAbove(text: string): number | null {
  const plain = text.replace(/[\s,，]/g, '')
  return /^[1-9]\d{0,8}$/.test(plain) ? Number(plain) : null
}

/** The fields that cannot be read. */
export function wrongPriceFields(draft: PriceDraft): PriceField[] {
  const thresholds = draft.tiers.map(({ above }) => readAbove(above))
  return [
    ...wrongRates(draft),
    ...(isAmount(draft.perRequest) ? [] : (['perRequest'] as const)),
    ...draft.tiers.flatMap((tier, index): PriceField[] => [
      // Two for the same prompts would leave open which of them holds.
      ...(thresholds[index] === null || thresholds.indexOf(thresholds[index]!) < index
        ? [`tiers.${index}.above` as const]
        : []),
      ...wrongRates(tier).map((name) => `tiers.${index}.${name}` as const),
    ]),
  ]
}

function wrongRates(draft: RatesDraft): RateName[] {
  return (Object.keys(emptyRates) as RateName[]).filter((name) =>
    name === 'input' || name === 'output' ? parseUsd(draft[name]) === null : !isAmount(draft[name]),
  )
}

function isAmount(text: string): boolean {
  return text.trim() === '' || parseUsd(text) !== null
}
