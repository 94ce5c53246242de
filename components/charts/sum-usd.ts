import { formatUsd, parseUsd } from '#lib/core/money.ts'

/** Exact. For what one bar holds; totals of a period come from the server. */
export function sumUsd(amounts: Iterable<string>): string {
  let sum = 0n
  for (const amount of amounts) sum += parseUsd(amount) ?? 0n
  return formatUsd(sum)
}
