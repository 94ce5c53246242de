import type { Nanos } from './money.ts'
import {
  addFractions,
  type Fraction,
  inputTokenKinds,
  outputTokenKinds,
  roundUp,
  type UnitKind,
  type UnitPrice,
  type Units,
  unitKinds,
} from './units.ts'
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
  /** At most one a kind; missing: none. */
  units?: UnitPrice[]
}

const tokensPerMtok = 1_000_000n

const hourCacheWrite = 'hour_cache_write_token' satisfies UnitKind

/**
 * What it costs to keep a token for an hour where no price says so: twice the input with the one vendor that offers it.
 * Source: Anthropic's price page and its guide to prompt caching.
 */
export function hourCacheWriteRate({ inputPerMtok }: Pick<Rates, 'inputPerMtok'>): Nanos {
  return 2n * inputPerMtok
}

/** What `usage` costs, rounded up once. Unknown classes count as 0: bound them before you call this. */
export function costOf(usage: Usage, price: Price): Nanos {
  const units = usage.units ?? {}
  const input = count(usage.inputTokens)
  const rates = ratesFor(Number(input), price)
  const cached = count(usage.cachedTokens)
  const kept = count(units.hour_cache_write_token ?? null)
  const written = without(count(usage.cacheWriteTokens), kept)
  const reasoning = count(usage.reasoningTokens)
  const fresh = without(input, cached + written + kept + pricedTokens(units, inputTokenKinds, price))
  const answer = without(count(usage.outputTokens), reasoning + pricedTokens(units, outputTokenKinds, price))
  const nanoTokens =
    fresh * rates.inputPerMtok +
    cached * (rates.cacheReadPerMtok ?? rates.inputPerMtok) +
    written * (rates.cacheWritePerMtok ?? rates.inputPerMtok) +
    (priceOfUnit(hourCacheWrite, price) ? 0n : kept * hourCacheWriteRate(rates)) +
    answer * rates.outputPerMtok +
    reasoning * (rates.reasoningPerMtok ?? rates.outputPerMtok)
  return roundUp(addFractions({ nanos: nanoTokens, per: tokensPerMtok }, costOfUnits(units, price))) + price.perRequest
}

/**
 * The most that this many tokens can cost, whichever class the vendor counts them in. Of `units`, kinds of tokens say
 * only that there may be such among them.
 */
export function highestCostOf(inputTokens: number, outputTokens: number, price: Price, units: Units = {}): Nanos {
  const rates = [price, ...price.tiers.filter((tier) => inputTokens > tier.aboveInputTokens)]
  const rateOf = (kind: UnitKind): Nanos | null => {
    const unit = units[kind] ? priceOfUnit(kind, price) : undefined
    return unit ? roundUp({ nanos: unit.priceNanos * tokensPerMtok, per: BigInt(unit.per) }) : null
  }
  const input = largest([
    ...rates.flatMap((rate) => [rate.inputPerMtok, rate.cacheReadPerMtok, rate.cacheWritePerMtok]),
    ...inputTokenKinds.map(rateOf),
    rateOf(hourCacheWrite),
    ...(units[hourCacheWrite] && !priceOfUnit(hourCacheWrite, price) ? rates.map(hourCacheWriteRate) : []),
  ])
  const output = largest([
    ...rates.flatMap((rate) => [rate.outputPerMtok, rate.reasoningPerMtok]),
    ...outputTokenKinds.map(rateOf),
  ])
  const nanoTokens = BigInt(inputTokens) * input + BigInt(outputTokens) * output
  const others = Object.fromEntries(Object.entries(units).filter(([kind]) => !isTokenKind(kind as UnitKind)))
  return roundUp(addFractions({ nanos: nanoTokens, per: tokensPerMtok }, costOfUnits(others, price))) + price.perRequest
}

/** The rates that a request with so much input pays. */
export function ratesFor(inputTokens: number, price: Omit<Price, 'id'>): Rates {
  return price.tiers.findLast((tier) => inputTokens > tier.aboveInputTokens) ?? price
}

export function priceOfUnit(kind: UnitKind, price: Pick<Price, 'units'>): UnitPrice | undefined {
  return price.units?.find((unit) => unit.kind === kind)
}

function costOfUnits(units: Units, price: Price): Fraction {
  return unitKinds.reduce<Fraction>(
    (sum, kind) => {
      const unit = units[kind] ? priceOfUnit(kind, price) : undefined
      if (!unit) return sum
      return addFractions(sum, { nanos: count(units[kind] ?? null) * unit.priceNanos, per: BigInt(unit.per) })
    },
    { nanos: 0n, per: tokensPerMtok },
  )
}

/** Tokens that have a price of their own, and so none as what they are part of. */
function pricedTokens(units: Units, kinds: readonly UnitKind[], price: Price): bigint {
  return kinds.reduce((sum, kind) => (priceOfUnit(kind, price) ? sum + count(units[kind] ?? null) : sum), 0n)
}

function isTokenKind(kind: UnitKind): boolean {
  return [...inputTokenKinds, ...outputTokenKinds, hourCacheWrite].some((one) => one === kind)
}

function without(whole: bigint, parts: bigint): bigint {
  return whole > parts ? whole - parts : 0n
}

function largest(amounts: (Nanos | null)[]): Nanos {
  return amounts.reduce<Nanos>((most, amount) => (amount !== null && amount > most ? amount : most), 0n)
}

function count(tokens: number | null): bigint {
  return tokens === null ? 0n : BigInt(tokens)
}
