const quote = 0x22
const space = 0x20
const colon = 0x3a
const letterN = 0x6e

/**
 * Whether any of some keys stands quoted in JSON bytes, and not with null for its value. Text that quotes a key escapes
 * its quotes. One walk over the bytes: every event of every stream is asked.
 */
export function seekValues(keys: readonly string[]): (bytes: Uint8Array) => boolean {
  const words = keys.map((key) => Buffer.from(`"${key}"`))
  const isFirst = new Uint8Array(256)
  for (const word of words) isFirst[word[1]!] = 1
  return (bytes) => {
    for (let at = 0; at < bytes.length; at++) {
      if (bytes[at] !== quote || isFirst[bytes[at + 1]!] !== 1) continue
      for (const word of words) if (stands(bytes, at, word) && !isNull(bytes, at + word.length)) return true
    }
    return false
  }
}

function stands(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let index = 1; index < word.length; index++) if (bytes[at + index] !== word[index]) return false
  return true
}

function isNull(bytes: Uint8Array, at: number): boolean {
  let next = at
  while (bytes[next] === space || bytes[next] === colon) next++
  return bytes[next] === letterN
}
