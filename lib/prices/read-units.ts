import type { UnitPrice } from '../core/units.ts'

/** The prices of units as they are kept: amounts as decimal strings of nano-dollars. */
export function readUnits(stored: unknown): UnitPrice[] {
  return (stored as { kind: UnitPrice['kind']; priceNanos: string; per: number }[]).map(
    ({ kind, priceNanos, per }) => ({
      kind,
      priceNanos: BigInt(priceNanos),
      per,
    }),
  )
}
