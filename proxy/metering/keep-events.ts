import { readData } from '../sse/read-data.ts'
import type { Written } from './written.ts'

/** How much of a stream is kept unread. */
const maxUnreadBytes = 64 * 1024

/** How much text is kept to be counted; what comes after is only measured. */
const maxTextLength = 256 * 1024

/** Room for what is no text in an event beside it: padding, a finish reason, the usage itself. */
const looseBytesPerToken = 64
/** Events that carry no token: the role, the finish reason, the usage. */
const looseEvents = 4

const firstOfData = 'd'.charCodeAt(0)

export interface KeptEvents extends Written {
  keep(event: Uint8Array): void
}

/**
 * Remembers what was streamed, in bounded space, so that it can be counted if the vendor never says how much it
 * was. As a rule it does say, and then nothing of this is ever parsed.
 */
export function keepEvents(readText: (value: unknown) => string): KeptEvents {
  let unread: Uint8Array[] = []
  let unreadBytes = 0
  const texts: string[] = []
  let textLength = 0
  let unkeptBytes = 0
  let pieces = 0

  let events = 0
  let eventBytes = 0
  let smallestBytes = Number.POSITIVE_INFINITY

  const readUnread = (): void => {
    for (const value of unread.flatMap(readData)) {
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
    keep(event) {
      if (event[0] !== firstOfData) return
      events++
      eventBytes += event.length
      smallestBytes = Math.min(smallestBytes, event.length)
      unread.push(event)
      unreadBytes += event.length
      if (unreadBytes > maxUnreadBytes) readUnread()
    },
    mayExceed(tokens) {
      const bytesBeyondFrames = eventBytes - events * smallestBytes
      return events > tokens + looseEvents || bytesBeyondFrames > tokens * looseBytesPerToken
    },
    read() {
      readUnread()
      return { texts: [texts.join('')], unkeptBytes, pieces }
    },
  }
}
