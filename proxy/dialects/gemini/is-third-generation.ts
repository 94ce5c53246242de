/**
 * Gemini 3 and what followed: such a model refuses a call without the signature of the thought before it, and is told
 * how hard to think in levels, not in tokens.
 */
export function isThirdGeneration(upstreamModel: string): boolean {
  return /gemini-[3-9]/.test(upstreamModel)
}
