import { formatUsd, parseUsd } from '#lib/core/money.ts'
import type { Unit } from '../figure.tsx'

/** Exact. For what one bar holds; totals of a period come from the server. */
export function sumAmounts(amounts: Iterable<string>, unit: Unit): string {
  let sum = 0n
  for (const amount of amounts) sum += unit === 'usd' ? (parseUsd(amount) ?? 0n) : BigInt(amount)
  return unit === 'usd' ? formatUsd(sum) : sum.toString()
}
