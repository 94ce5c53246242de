const space = 0x20
const colon = 0x3a
const letterN = 0x6e

/** Whether a quoted key stands in JSON bytes with a value that is not null. Text that quotes the key escapes it. */
export function hasValue(bytes: Buffer, quotedKey: Buffer): boolean {
  for (let at = bytes.indexOf(quotedKey); at !== -1; at = bytes.indexOf(quotedKey, at)) {
    at += quotedKey.length
    while (bytes[at] === space || bytes[at] === colon) at++
    if (bytes[at] !== letterN) return true
  }
  return false
}
