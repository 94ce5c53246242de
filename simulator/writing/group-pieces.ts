import type { Piece } from './load-tokenizer.ts'

/** Joins pieces until each has at least so many tokens. */
export function groupPieces(pieces: readonly Piece[], tokensPerPiece: number): readonly Piece[] {
  if (tokensPerPiece === 1) return pieces
  const groups: Piece[] = []
  for (const { text, tokens } of pieces) {
    const last = groups.at(-1)
    if (last && last.tokens < tokensPerPiece) {
      last.text += text
      last.tokens += tokens
    } else groups.push({ text, tokens })
  }
  return groups
}
