import { readData } from './read-data.ts'
import { replaceData } from './replace-data.ts'
import { splitArray } from './split-array.ts'
import { type EventSplitter, splitEvents } from './split-events.ts'

/** How a stream is cut into pieces that mean something by themselves. */
export interface Framing {
  split(): EventSplitter
  /** Whether a piece may hold something to be read. */
  holdsData(event: Uint8Array): boolean
  /** The JSON values in some pieces. */
  read(events: Uint8Array): unknown[]
  /** The same piece with another value. */
  replace(event: Uint8Array, value: unknown): string
}

const firstOfComment = ':'.charCodeAt(0)

/** Server-sent events. */
const events: Framing = {
  split: splitEvents,
  holdsData: (event) => event[0] !== firstOfComment,
  read: readData,
  replace: replaceData,
}

/** One JSON array, as Google streams it to who asks for no events. */
const array: Framing = {
  split: splitArray,
  holdsData: (event) => event.includes(openingBrace),
  read(bytes) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
    const value = parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1))
    if (value !== undefined) return [value]
    const whole = salvage(text)
    return whole.length > 0 ? [whole] : []
  },
  replace(bytes, value) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
    return `${text.slice(0, text.indexOf('{'))}${JSON.stringify(value)}${text.slice(text.lastIndexOf('}') + 1)}`
  },
}

const openingBrace = '{'.charCodeAt(0)

/** Sound and the like: passed as it comes. */
const bytes: Framing = {
  split: () => ({ push: (chunk) => [chunk], rest: () => [] }),
  holdsData: () => false,
  read: () => [],
  replace: (_, value) => JSON.stringify(value),
}

export const framings = { events, array, bytes } as const

export type FramingName = keyof typeof framings

/** What is whole after an element that is broken: it took all that followed with it. */
function salvage(text: string): unknown[] {
  const pieces = text.replace(/\]\s*$/, '').split(/(?<=\})\s*,\s*(?=\{)/)
  return pieces.map(parse).filter((value) => value !== undefined)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
