import type { Effort, Reasoning } from './conversation.ts'

/** Up to so many tokens of thought, a caller who counts them asks for that much effort. */
const efforts: readonly [number, Effort][] = [
  [4096, 'low'],
  [16_384, 'medium'],
]

/** Effort as a word, where the caller gave a number of tokens; null: as the model likes. */
export function effortOf({ effort, budgetTokens }: Reasoning): Effort | null {
  if (effort !== null || budgetTokens === null) return effort
  return efforts.find(([most]) => budgetTokens <= most)?.[1] ?? 'high'
}
