import type { Piece } from './load-tokenizer.ts'

/** The first `tokens` tokens; a character that would need one more stays unsaid, though its tokens count. */
export function cutPieces(pieces: readonly Piece[], tokens: number): Piece[] {
  const kept: Piece[] = []
  let left = tokens
  for (const piece of pieces) {
    if (piece.tokens > left) {
      if (left > 0) kept.push({ text: '', tokens: left })
      break
    }
    kept.push(piece)
    left -= piece.tokens
  }
  return kept
}
