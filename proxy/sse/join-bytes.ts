/** One piece of memory for several that follow each other; a copy only where they do not lie side by side. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces
  if (!first) return new Uint8Array(0)
  if (pieces.length === 1) return first
  let end = first.byteOffset
  let areAdjacent = true
  for (const piece of pieces) {
    areAdjacent &&= piece.buffer === first.buffer && piece.byteOffset === end
    end = piece.byteOffset + piece.byteLength
  }
  return areAdjacent ? new Uint8Array(first.buffer, first.byteOffset, end - first.byteOffset) : Buffer.concat(pieces)
}
