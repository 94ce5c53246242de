import type { Nanos } from './money.ts'
import type { Usage } from './usage.ts'

/** Nano-dollars per million tokens by class; null takes the price of the class that it is part of. */
export interface Rates {
  inputPerMtok: Nanos
  outputPerMtok: Nanos
  cacheReadPerMtok: Nanos | null
  cacheWritePerMtok: Nanos | null
  reasoningPerMtok: Nanos | null
}

/** Rates for a whole request whose input is longer than `aboveInputTokens`. */
export interface PriceTier extends Rates {
  aboveInputTokens: number
}

/** One version of a price. `perRequest` is added once; `tiers` ascend and replace the base rates. */
export interface Price extends Rates {
  id: string
  perRequest: Nanos
  tiers: PriceTier[]
}

const tokensPerMtok = 1_000_000n

/** What `usage` costs, rounded up once. Unknown classes count as 0: bound them before you call this. */
export function costOf(usage: Usage, price: Price): Nanos {
  const input = count(usage.inputTokens)
  const rates = ratesFor(Number(input), price)
  const cached = count(usage.cachedTokens)
  const written = count(usage.cacheWriteTokens)
  const fresh = input > cached + written ? input - cached - written : 0n
  const output = count(usage.outputTokens)
  const reasoning = count(usage.reasoningTokens)
  const answer = output > reasoning ? output - reasoning : 0n
  const nanoTokens =
    fresh * rates.inputPerMtok +
    cached * (rates.cacheReadPerMtok ?? rates.inputPerMtok) +
    written * (rates.cacheWritePerMtok ?? rates.inputPerMtok) +
    answer * rates.outputPerMtok +
    reasoning * (rates.reasoningPerMtok ?? rates.outputPerMtok)
  return (nanoTokens + tokensPerMtok - 1n) / tokensPerMtok + price.perRequest
}

/** The most that this many tokens can cost, whichever class the vendor counts them in. */
export function highestCostOf(inputTokens: number, outputTokens: number, price: Price): Nanos {
  const rates = [price, ...price.tiers.filter((tier) => inputTokens > tier.aboveInputTokens)]
  const input = largest(rates.flatMap((rate) => [rate.inputPerMtok, rate.cacheReadPerMtok, rate.cacheWritePerMtok]))
  const output = largest(rates.flatMap((rate) => [rate.outputPerMtok, rate.reasoningPerMtok]))
  const nanoTokens = BigInt(inputTokens) * input + BigInt(outputTokens) * output
  return (nanoTokens + tokensPerMtok - 1n) / tokensPerMtok + price.perRequest
}

/** The rates that a request with so much input pays. */
export function ratesFor(inputTokens: number, price: Omit<Price, 'id'>): Rates {
  return price.tiers.findLast((tier) => inputTokens > tier.aboveInputTokens) ?? price
}

function largest(amounts: (Nanos | null)[]): Nanos {
  return amounts.reduce<Nanos>((most, amount) => (amount !== null && amount > most ? amount : most), 0n)
}

function count(tokens: number | null): bigint {
  return tokens === null ? 0n : BigInt(tokens)
}
