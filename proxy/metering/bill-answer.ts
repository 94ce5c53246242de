import type { Nanos } from '#lib/core/money.ts'
import { costOf } from '#lib/core/price.ts'
import { type Usage, unknownUsage } from '#lib/core/usage.ts'
import type { Report } from '../dialects/dialect.ts'
import { encodingOf } from './encoding-of.ts'
import { guessOutput, guessUsage } from './guess-usage.ts'
import type { Served } from './served.ts'
import type { Written } from './written.ts'

/** What an answer came to. */
export interface Bill {
  usage: Usage
  costNanos: Nanos
  /** The usage is ours, not the vendor's. */
  estimated: boolean
}

/** The vendor's own figures where they can be true; where they are missing or cannot be, the larger honest ones. */
export async function billAnswer(
  served: Served,
  { usage, broken }: Pick<Report, 'usage' | 'broken'>,
  written: Written,
): Promise<Bill> {
  const { inputTokens, outputTokens } = usage ?? unknownUsage
  const understated = outputTokens !== null && (await isUnderstated(outputTokens, written, served))
  if (usage && inputTokens !== null && outputTokens !== null && !broken && !understated) {
    return { usage, costNanos: costFor(usage, served), estimated: false }
  }
  const guess = await guessUsage(served, written.read())
  const honest: Usage = {
    ...(usage ?? unknownUsage),
    inputTokens: inputTokens === null || broken ? Math.max(inputTokens ?? 0, guess.inputTokens) : inputTokens,
    outputTokens: Math.max(outputTokens ?? 0, guess.outputTokens),
  }
  return { usage: honest, costNanos: costFor(honest, served), estimated: true }
}

/** Less than was seen to be written, beyond what two tokenizers may differ in. */
async function isUnderstated(outputTokens: number, written: Written, { deployment }: Served): Promise<boolean> {
  if (!written.mayExceed(outputTokens)) return false
  const seen = await guessOutput(written.read(), deployment)
  return encodingOf(deployment.upstreamModel) ? seen > outputTokens * 1.25 + 4 : seen > outputTokens * 5 + 20
}

function costFor(usage: Usage, { deployment }: Served): Nanos {
  return deployment.price ? costOf(usage, deployment.price) : 0n
}
