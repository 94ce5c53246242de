import type { Framing } from '../sse/framing.ts'
import type { Written } from './written.ts'

/** How much of a stream is kept unread. */
const maxUnreadBytes = 64 * 1024

/** How much text is kept to be counted; what comes after is only measured. */
const maxTextLength = 256 * 1024

/** Room for what is no text in an event and yet differs from one to the next, such as padding. */
const looseBytesPerToken = 64

/** A blank line, or little more: there is nothing in it. */
const leastEventBytes = 24

/** Events that carry no token, such as the one that names the role. */
const looseEvents = 4

export interface KeptEvents extends Written {
  /** `text` is what the model wrote in it, where it was read anyway; null where it was not. */
  keep(event: Uint8Array, text: string | null): void
}

/**
 * Remembers what was streamed, in bounded space, so that it can be counted if the vendor never says how much it
 * was. As a rule it does say, and then nothing of this is ever parsed.
 */
export function keepEvents(readText: (value: unknown) => string, { holdsData, read }: Framing): KeptEvents {
  let unread: Uint8Array[] = []
  let unreadBytes = 0
  const texts: string[] = []
  let textLength = 0
  let unkeptBytes = 0
  let pieces = 0

  let unseenEvents = 0
  let unseenBytes = 0
  let smallestBytes = Number.POSITIVE_INFINITY
  let seenTextBytes = 0

  const readUnread = (): void => {
    for (const value of unread.flatMap((event) => read(event))) {
      const text = readText(value)
      if (text === '') continue
      pieces++
      if (textLength > maxTextLength) unkeptBytes += Buffer.byteLength(text)
      else texts.push(text)
      textLength += text.length
    }
    unread = []
    unreadBytes = 0
  }

  return {
    keep(event, text) {
      if (!holdsData(event) || event.length < leastEventBytes) return
      if (text === null) {
        unseenEvents++
        unseenBytes += event.length
        smallestBytes = Math.min(smallestBytes, event.length)
      } else {
        seenTextBytes += Buffer.byteLength(text)
      }
      unread.push(event)
      unreadBytes += event.length
      if (unreadBytes > maxUnreadBytes) readUnread()
    },
    mayExceed(tokens) {
      // The frame around the text is much the same in every event, and the smallest one is little else.
      const frameBytes = unseenEvents === 0 ? 0 : unseenEvents * smallestBytes
      const textBytes = unseenBytes - frameBytes + seenTextBytes
      return unseenEvents > tokens + looseEvents || textBytes > tokens * looseBytesPerToken
    },
    read() {
      readUnread()
      return { texts: [texts.join('')], unkeptBytes, pieces }
    },
  }
}
