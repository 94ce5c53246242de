import type { Nanos } from '../core/money.ts'

interface Standing {
  /** What the budget can still pay for. */
  availableNanos: Nanos
  /** What it paid for lately, and within how long. */
  recentNanos: Nanos
  recentMs: number
  /** When its next period begins; null: never. */
  resetsAt: Date | null
  now: Date
}

/** No forecast reaches further: nobody plans a decade by the pace of a week. */
const horizonMs = 3_650 * 86_400_000

/** When a budget is used up if it goes on like lately; null: it lasts until it starts anew, or nothing is being spent. */
export function forecastExhaustion({ availableNanos, recentNanos, recentMs, resetsAt, now }: Standing): Date | null {
  if (availableNanos <= 0n) return now
  if (recentNanos <= 0n || recentMs <= 0) return null
  const leftMs = (availableNanos * BigInt(Math.round(recentMs))) / recentNanos
  if (leftMs > BigInt(horizonMs)) return null
  const usedUpAt = new Date(now.getTime() + Number(leftMs))
  return resetsAt !== null && usedUpAt >= resetsAt ? null : usedUpAt
}
