import { type Nanos, parseUsd } from '#lib/core/money.ts'

/** An amount as people write it: usd('12.50'). */
export function usd(text: string): Nanos {
  const nanos = parseUsd(text)
  if (nanos === null) throw new Error(`${text} is not an amount`)
  return nanos
}
