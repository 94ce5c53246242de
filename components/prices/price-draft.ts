import { formatUsd, parseUsd } from '#lib/core/money.ts'
import type { PriceFacts } from './price-facts.ts'

/** A price as it stands in a form: USD per million tokens, as typed. Empty: that of the class it is part of. */
export interface PriceDraft {
  input: string
  output: string
  cacheRead: string
  cacheWrite: string
  reasoning: string
  perRequest: string
}

export type PriceField = keyof PriceDraft

const needed: readonly PriceField[] = ['input', 'output']

export const emptyPrice: PriceDraft = {
  input: '',
  output: '',
  cacheRead: '',
  cacheWrite: '',
  reasoning: '',
  perRequest: '',
}

export function priceDraftOf(price: Omit<PriceFacts, 'id' | 'source' | 'effectiveFrom'>): PriceDraft {
  return {
    input: price.inputUsd,
    output: price.outputUsd,
    cacheRead: price.cacheReadUsd ?? '',
    cacheWrite: price.cacheWriteUsd ?? '',
    reasoning: price.reasoningUsd ?? '',
    perRequest: price.perRequestUsd === formatUsd(0n) ? '' : price.perRequestUsd,
  }
}

/** The fields that cannot be read. */
export function wrongPriceFields(draft: PriceDraft): PriceField[] {
  return (Object.keys(draft) as PriceField[]).filter((field) =>
    draft[field].trim() === '' ? needed.includes(field) : parseUsd(draft[field]) === null,
  )
}
