import type { Units } from './units.ts'

/**
 * Tokens of one request by class; null is unknown, which is not 0. `inputTokens` counts the whole
 * input, so `cachedTokens` and `cacheWriteTokens` are parts of it; `reasoningTokens` is part of
 * `outputTokens`. `units` is what else was used, or what kind of tokens it was; missing is none.
 */
export interface Usage {
  inputTokens: number | null
  cachedTokens: number | null
  cacheWriteTokens: number | null
  outputTokens: number | null
  reasoningTokens: number | null
  units?: Units | null
}

export const unknownUsage: Usage = {
  inputTokens: null,
  cachedTokens: null,
  cacheWriteTokens: null,
  outputTokens: null,
  reasoningTokens: null,
}
