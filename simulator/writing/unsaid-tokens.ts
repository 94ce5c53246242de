import type { Choice } from './write-completion.ts'

/** Tokens that no piece can carry: thoughts that leave no room for words, and tools without arguments. A stream tells them with its end. */
export function unsaidTokens({ sayings }: Choice): number {
  return sayings.reduce((sum, { pieces, leadTokens }) => sum + (pieces.length === 0 ? leadTokens : 0), 0)
}
