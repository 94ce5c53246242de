import type { ModelPrice } from '@pydantic/genai-prices'
import type { Nanos } from '../core/money.ts'
import type { Price, Rates } from '../core/price.ts'
import type { UnitKind, UnitPrice } from '../core/units.ts'

/**
 * A catalogue price in nano-dollars. Of several candidates (a price that depends on the hour) each class takes the
 * dearest, so that no estimate is too low. Null when it has no price that could bound a request.
 */
export function ratesOfCatalogue(candidates: ModelPrice[]): Omit<Price, 'id'> | null {
  const isPriced = candidates.every(isPricedByToken) || candidates.every(isPricedByTime)
  if (candidates.length === 0 || !isPriced) return null
  const starts = new Set(candidates.flatMap(Object.values).flatMap((value) => tiersOf(value).map((tier) => tier.start)))
  return {
    ...dearest(candidates.map((prices) => ratesAt(prices, 0))),
    perRequest: largest(candidates.map((prices) => perRequestOf(prices))),
    units: catalogueUnits.flatMap(({ key, kind, per }) => {
      const amounts = candidates.map((prices) => nanosAt(prices[key], 0))
      return amounts.some((nanos) => nanos !== null)
        ? [{ kind, priceNanos: largest(amounts), per } satisfies UnitPrice]
        : []
    }),
    tiers: [...starts]
      .sort((a, b) => a - b)
      .map((start) => ({
        aboveInputTokens: start,
        ...dearest(candidates.map((prices) => ratesAt(prices, start + 1))),
      })),
  }
}

/** What the catalogue calls the prices of what is not text. */
const catalogueUnits: readonly { key: string; kind: UnitKind; per: number }[] = [
  { key: 'input_audio_mtok', kind: 'audio_input_token', per: 1_000_000 },
  { key: 'input_image_mtok', kind: 'image_input_token', per: 1_000_000 },
  { key: 'output_audio_mtok', kind: 'audio_output_token', per: 1_000_000 },
  { key: 'output_image_mtok', kind: 'image_output_token', per: 1_000_000 },
  { key: 'input_audio_hours', kind: 'second', per: 3600 },
]

/** Sound that is written down. */
function isPricedByTime(prices: ModelPrice): boolean {
  return prices.input_audio_hours !== undefined
}

/** Models that are paid by the page or the message have no price here that could bound their cost. */
function isPricedByToken(prices: ModelPrice): boolean {
  const hasOtherOutput = Object.keys(prices).some((key) => key.startsWith('output_') && key !== 'output_mtok')
  return prices.input_mtok !== undefined && (prices.output_mtok !== undefined || !hasOtherOutput)
}

function ratesAt(prices: ModelPrice, inputTokens: number): Rates {
  const rate = (key: string) => nanosAt(prices[key], inputTokens)
  return {
    inputPerMtok: rate('input_mtok') ?? 0n,
    outputPerMtok: rate('output_mtok') ?? 0n,
    cacheReadPerMtok: rate('cache_read_mtok'),
    cacheWritePerMtok: rate('cache_write_mtok'),
    reasoningPerMtok: rate('output_reasoning_mtok'),
  }
}

function dearest(list: Rates[]): Rates {
  const optional = (key: keyof Rates, base: keyof Rates) =>
    list.every((rates) => rates[key] === null) ? null : largest(list.map((rates) => rates[key] ?? rates[base]))
  return {
    inputPerMtok: largest(list.map((rates) => rates.inputPerMtok)),
    outputPerMtok: largest(list.map((rates) => rates.outputPerMtok)),
    cacheReadPerMtok: optional('cacheReadPerMtok', 'inputPerMtok'),
    cacheWritePerMtok: optional('cacheWritePerMtok', 'inputPerMtok'),
    reasoningPerMtok: optional('reasoningPerMtok', 'outputPerMtok'),
  }
}

type Value = ModelPrice[string]

function tiersOf(value: Value) {
  return typeof value === 'object' ? value.tiers : []
}

function nanosAt(value: Value, inputTokens: number): Nanos | null {
  if (value === undefined) return null
  if (typeof value === 'number') return toNanos(value)
  const tier = value.tiers.filter(({ start }) => inputTokens > start).sort((a, b) => b.start - a.start)[0]
  return toNanos(tier?.price ?? value.base)
}

function perRequestOf(prices: ModelPrice): Nanos {
  const perThousand = nanosAt(prices.requests_kcount, 0) ?? 0n
  return (perThousand + 999n) / 1000n
}

/** From the digits of the number as it is written, never through arithmetic on floats; beyond nano-dollars rounded up. */
export function toNanos(usd: number): Nanos {
  const match = /^(\d+)(?:\.(\d+))?(?:e-(\d+))?$/.exec(String(usd))
  if (!match) throw new Error(`the price catalogue holds ${usd}, which is not a price`)
  const [, whole = '0', fraction = '', exponent = '0'] = match
  const scale = 10n ** BigInt(fraction.length + Number(exponent))
  return (BigInt(whole + fraction) * 1_000_000_000n + scale - 1n) / scale
}

function largest(amounts: (Nanos | null)[]): Nanos {
  return amounts.reduce<Nanos>((most, amount) => (amount !== null && amount > most ? amount : most), 0n)
}
