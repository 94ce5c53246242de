import type { Report } from '../../answer.ts'

/** Google's usage; only what is told. Thoughts are counted apart from what is said, and the total is of all. */
export function writeUsage({ promptTokens, completionTokens, cachedTokens, reasoningTokens }: Report): object {
  const thoughts = Number(reasoningTokens ?? 0)
  const total = Number(promptTokens ?? 0) + Number(completionTokens ?? 0)
  return {
    ...(promptTokens !== undefined && {
      promptTokenCount: promptTokens,
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: promptTokens }],
    }),
    ...(completionTokens !== undefined && {
      candidatesTokenCount: typeof completionTokens === 'number' ? completionTokens - thoughts : completionTokens,
    }),
    totalTokenCount: typeof (completionTokens ?? promptTokens) === 'string' ? String(total) : total,
    ...(Number(cachedTokens ?? 0) > 0 && { cachedContentTokenCount: cachedTokens }),
    ...(thoughts > 0 && { thoughtsTokenCount: thoughts }),
  }
}
