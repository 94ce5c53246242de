import type { Nanos } from '#lib/core/money.ts'
import { type Usage, unknownUsage } from '#lib/core/usage.ts'
import type { Report } from '../dialects/dialect.ts'
import { billUnits } from './bill-units.ts'
import { costFor } from './cost-for.ts'
import { encodingOf } from './encoding-of.ts'
import { guessOutput, guessUsage } from './guess-usage.ts'
import type { Served } from './served.ts'
import type { Written } from './written.ts'

/** What an answer came to. */
export interface Bill {
  usage: Usage
  costNanos: Nanos
  /** The usage is ours, not the vendor's, or the cost holds what a lost attempt may have cost. */
  estimated: boolean
}

/**
 * The vendor's own figures where they can be true; where they are missing or cannot be, the larger honest ones. Of an
 * answer that is `isUnfinished` what was said of its output may be from its beginning.
 */
export async function billAnswer(
  served: Served,
  { usage, broken }: Pick<Report, 'usage' | 'broken'>,
  written: Written,
  isUnfinished = false,
): Promise<Bill> {
  if (served.request.paidBy) return billUnits(served, served.request.paidBy, { usage, broken })
  const told = withHours(usage ?? unknownUsage, served)
  const isDoubtful =
    broken || (served.missedPieces ?? 0) > 0 || (await isUnderstated(told.outputTokens, written, served))
  if (!isDoubtful && !isUnfinished && told.inputTokens !== null && told.outputTokens !== null) {
    return { usage: told, costNanos: costFor(told, served), estimated: served.keptNanos > 0n }
  }
  const guess = await guessUsage(served, written.read())
  const honest: Usage = {
    ...told,
    inputTokens: isDoubtful ? larger(told.inputTokens, guess.inputTokens) : (told.inputTokens ?? guess.inputTokens),
    outputTokens: larger(told.outputTokens, guess.outputTokens),
  }
  return { usage: honest, costNanos: costFor(honest, served), estimated: true }
}

/** A vendor that was asked to keep something for an hour and does not say how much it kept for less kept all of it. */
function withHours(usage: Usage, { request }: Served): Usage {
  const { units, ...rest } = usage
  const { hour_cache_write_token: told, ...others } = units ?? {}
  const kept = told ?? (request.units?.hour_cache_write_token ? (usage.cacheWriteTokens ?? 0) : 0)
  const all = { ...others, ...(kept > 0 && { hour_cache_write_token: kept }) }
  return Object.keys(all).length > 0 ? { ...rest, units: all } : rest
}

/** Less than was seen to be written, beyond what two tokenizers may differ in. */
async function isUnderstated(outputTokens: number | null, written: Written, served: Served): Promise<boolean> {
  if (outputTokens === null || served.request.isEcho || !written.mayExceed(outputTokens)) return false
  const { deployment } = served
  const seen = await guessOutput(written.read(), deployment)
  return encodingOf(deployment.upstreamModel) ? seen > outputTokens * 1.25 + 4 : seen > outputTokens * 5 + 20
}

function larger(told: number | null, guessed: number): number {
  return Math.max(told ?? 0, guessed)
}
