import type { EventSplitter } from './split-events.ts'
import { StoppedReading } from './stopped-reading.ts'

const quote = 0x22
const backslash = 0x5c
const openers = new Set([0x7b, 0x5b])
const closers = new Set([0x7d, 0x5d])
const openingBracket = 0x5b

/** Larger than any picture that a vendor puts into one element. */
const maxElementBytes = 32 * 1024 * 1024

/**
 * Cuts a JSON array that arrives bit by bit after each of its elements, however its bytes arrive. The pieces are the
 * array, byte for byte: brackets and commas stand before the element that they lead to. A lone object is one piece.
 */
export function splitArray(): EventSplitter {
  let depth = 0
  /** The depth at which elements lie; null: nothing has come yet. */
  let base: number | null = null
  let isInString = false
  let isEscaped = false
  let pending: Uint8Array[] = []
  let pendingBytes = 0

  const join = (last: Uint8Array): Uint8Array => {
    const whole = pending.length === 0 ? last : Buffer.concat([...pending, last])
    pending = []
    pendingBytes = 0
    return whole
  }

  /** True when this byte ends an element. */
  const take = (byte: number): boolean => {
    if (isInString) {
      if (isEscaped) isEscaped = false
      else if (byte === backslash) isEscaped = true
      else if (byte === quote) isInString = false
      return false
    }
    if (byte === quote) isInString = true
    else if (openers.has(byte)) {
      base ??= byte === openingBracket ? 1 : 0
      depth++
    } else if (closers.has(byte)) {
      depth--
      return depth === base
    }
    return false
  }

  return {
    push(chunk) {
      const elements: Uint8Array[] = []
      let start = 0
      for (const [index, byte] of chunk.entries()) {
        if (!take(byte)) continue
        elements.push(join(chunk.subarray(start, index + 1)))
        start = index + 1
      }
      if (start < chunk.length) {
        pending.push(chunk.subarray(start))
        pendingBytes += chunk.length - start
        if (pendingBytes > maxElementBytes) throw new StoppedReading('an event without end')
      }
      return elements
    },
    rest() {
      return pending.length === 0 ? [] : [join(new Uint8Array(0))]
    },
  }
}
