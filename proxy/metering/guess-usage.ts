import type { Deployment } from '../gateway.ts'
import { boundImageTokens } from './bound-image-tokens.ts'
import { countTokens } from './count-tokens.ts'
import { encodingOf } from './encoding-of.ts'
import type { Served } from './served.ts'
import { thinkUnseen } from './think-unseen.ts'
import type { WrittenText } from './written.ts'

/** Longer text is measured, not counted. */
const longestCountedText = 1024 * 1024

/** Leans upward: English has four bytes to a token and more, Chinese three, code seldom fewer. */
const guessedBytesPerToken = 3

/**
 * What was probably used, for when the vendor does not say. It makes no debt: it stays within what was reserved,
 * unless more pieces than that were seen to arrive.
 */
export async function guessUsage(
  served: Served,
  written: WrittenText,
): Promise<{ inputTokens: number; outputTokens: number }> {
  const { request, deployment, allowed, missedPieces = 0 } = served
  const { texts, frameTokens } = request.input.readTexts()
  const imageTokens = request.input.images * boundImageTokens(deployment.upstreamModel)
  const input = (await guessTokens(texts, deployment)) + frameTokens + imageTokens
  const seen = await guessOutput(written, deployment)
  const missed = missedPieces * Math.max(1, Math.ceil(seen / Math.max(1, written.pieces)))
  const output = Math.max(seen + missed, thinkUnseen(served))
  return {
    inputTokens: Math.min(input, allowed.inputTokens),
    outputTokens: Math.max(written.pieces, Math.min(output, allowed.outputTokens)),
  }
}

export async function guessOutput({ texts, unkeptBytes }: WrittenText, deployment: Deployment): Promise<number> {
  return (await guessTokens(texts, deployment)) + Math.ceil(unkeptBytes / guessedBytesPerToken)
}

async function guessTokens(texts: readonly string[], { upstreamModel }: Deployment): Promise<number> {
  const encoding = encodingOf(upstreamModel)
  const length = texts.reduce((sum, text) => sum + text.length, 0)
  if (encoding && length <= longestCountedText) return countTokens(texts, encoding)
  return Math.ceil(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / guessedBytesPerToken)
}
