/** Integer nano-dollars: 1 USD = 1,000,000,000. Never a float. */
export type Nanos = bigint

const nanosPerUsd = 1_000_000_000n
const decimalUsd = /^(\d{1,9})(?:\.(\d{1,9}))?$/

/** Largest amount that may be typed in: below it no sum of a year's entries leaves 64 bits. */
export const maxNanos: Nanos = 999_999_999n * nanosPerUsd

/** "12.5" → 12_500_000_000n. Null unless it is a plain decimal of 0 or more with at most nine places. */
export function parseUsd(text: string): Nanos | null {
  const match = decimalUsd.exec(text.trim())
  if (!match?.[1]) return null
  return BigInt(match[1]) * nanosPerUsd + BigInt((match[2] ?? '').padEnd(9, '0'))
}

/** The exact decimal string in USD, without trailing zeros: 12_500_000_000n → "12.5". */
export function formatUsd(nanos: Nanos): string {
  const sign = nanos < 0n ? '-' : ''
  const magnitude = nanos < 0n ? -nanos : nanos
  const fraction = (magnitude % nanosPerUsd).toString().padStart(9, '0').replace(/0+$/, '')
  return `${sign}${magnitude / nanosPerUsd}${fraction ? `.${fraction}` : ''}`
}

/** For charts only, where a pixel is coarser than a cent. */
export function toApproximateUsd(nanos: Nanos): number {
  return Number(nanos) / Number(nanosPerUsd)
}
