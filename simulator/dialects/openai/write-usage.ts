import type { Report } from '../../answer.ts'

/** OpenAI's usage object; only what is told. */
export function writeUsage({ promptTokens, completionTokens, cachedTokens, reasoningTokens }: Report): object {
  const total = Number(promptTokens ?? 0) + Number(completionTokens ?? 0)
  return {
    ...(promptTokens !== undefined && { prompt_tokens: promptTokens }),
    ...(completionTokens !== undefined && { completion_tokens: completionTokens }),
    total_tokens: typeof (completionTokens ?? promptTokens) === 'string' ? String(total) : total,
    ...(promptTokens !== undefined && { prompt_tokens_details: { cached_tokens: cachedTokens ?? 0, audio_tokens: 0 } }),
    ...(completionTokens !== undefined && {
      completion_tokens_details: {
        reasoning_tokens: reasoningTokens ?? 0,
        audio_tokens: 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
    }),
  }
}
