import { z } from 'zod'

const blockBytes = 4096
const idBytes = 16

// Random bytes are drawn in blocks: one draw an id is what ids would cost.
const block = new Uint8Array(blockBytes)
let used = blockBytes
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const hyphenBefore = new Set([4, 6, 8, 10])
let lastMs = 0
let sequence = 0

/** A UUIDv7 (RFC 9562): sorts by time of making, also within one millisecond of one process. */
export function newId(nowMs: number = Date.now()): string {
  const bytes = takeRandomBytes()
  if (nowMs > lastMs) {
    lastMs = nowMs
    sequence = ((bytes[6]! & 0x07) << 8) | bytes[7]!
  } else if (++sequence > 0xfff) {
    lastMs += 1
    sequence = 0
  }
  for (let index = 5, rest = lastMs; index >= 0; index--, rest = Math.floor(rest / 256)) bytes[index] = rest % 256
  bytes[6] = 0x70 | (sequence >> 8)
  bytes[7] = sequence & 0xff
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  let id = ''
  for (const [index, byte] of bytes.entries()) id += hyphenBefore.has(index) ? `-${hex[byte]}` : hex[byte]
  return id
}

function takeRandomBytes(): Uint8Array {
  if (used === blockBytes) {
    crypto.getRandomValues(block)
    used = 0
  }
  used += idBytes
  return block.slice(used - idBytes, used)
}

/** Any UUID, as an id of ours arrives from outside. */
export const idSchema = z.uuid()
