const { latin1Slice } = Buffer.prototype

/**
 * Whether any of some keys stands quoted in JSON bytes, and not with null for its value. Text that quotes a key escapes
 * its quotes. One walk over the bytes, by a compiled pattern: every event of every stream is asked.
 */
export function seekValues(keys: readonly string[]): (bytes: Uint8Array) => boolean {
  const pattern = new RegExp(`"(?:${keys.join('|')})"(?![ :]*n)`)
  return (bytes) => pattern.test(latin1Slice.call(bytes, 0, bytes.length))
}
