import type { Report } from '../../answer.ts'

/** Anthropic's usage; only what is told. What was read from the cache stands beside the input. */
export function writeUsage({ promptTokens, completionTokens, cachedTokens }: Report): object {
  const fresh = typeof promptTokens === 'number' ? promptTokens - Number(cachedTokens ?? 0) : promptTokens
  return {
    ...(promptTokens !== undefined && {
      input_tokens: fresh,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: cachedTokens ?? 0,
    }),
    ...(completionTokens !== undefined && { output_tokens: completionTokens }),
  }
}
