import { StoppedReading } from './stopped-reading.ts'

const lineFeed = 0x0a
const carriageReturn = 0x0d

/** Larger than any picture that a vendor puts into one event. */
const maxEventBytes = 32 * 1024 * 1024

/** What the bytes so far leave open. */
type State = 'line start' | 'in line' | 'after CR' | 'after blank CR'

export interface EventSplitter {
  /** The events that these bytes complete, each with the blank line that ends it. */
  push(chunk: Uint8Array): Uint8Array[]
  /** What came after the last complete event, at most one piece. */
  rest(): Uint8Array[]
}

/**
 * Cuts a stream of server-sent events between its events and nowhere else, whatever its line ends and however
 * its bytes arrive. The pieces are the stream, byte for byte; what they mean is for a parser.
 */
export function splitEvents(): EventSplitter {
  let state: State = 'line start'
  let pending: Uint8Array[] = []
  let pendingBytes = 0

  const join = (last: Uint8Array): Uint8Array => {
    if (pending.length === 0) return last
    const whole = Buffer.concat([...pending, last])
    pending = []
    pendingBytes = 0
    return whole
  }

  /** Line feeds alone end lines: the way of nearly all. Null: a carriage return is about. */
  const pushPlain = (chunk: Uint8Array): Uint8Array[] | null => {
    if (state === 'after CR' || state === 'after blank CR' || chunk.includes(carriageReturn)) return null
    const events: Uint8Array[] = []
    let start = 0
    let lineAt = state === 'line start' ? 0 : -1
    for (let feed = chunk.indexOf(lineFeed); feed !== -1; feed = chunk.indexOf(lineFeed, feed + 1)) {
      if (feed === lineAt) {
        // Mostly an event comes by itself.
        events.push(join(start === 0 && feed + 1 === chunk.length ? chunk : chunk.subarray(start, feed + 1)))
        start = feed + 1
      }
      lineAt = feed + 1
    }
    if (chunk.length > 0) state = lineAt === chunk.length ? 'line start' : 'in line'
    keep(chunk, start)
    return events
  }

  const keep = (chunk: Uint8Array, start: number): void => {
    if (start === chunk.length) return
    pending.push(chunk.subarray(start))
    pendingBytes += chunk.length - start
    if (pendingBytes > maxEventBytes) throw new StoppedReading('an event without end')
  }

  return {
    push(chunk) {
      const plain = pushPlain(chunk)
      if (plain) return plain
      const events: Uint8Array[] = []
      let start = 0
      const cut = (end: number): void => {
        events.push(join(chunk.subarray(start, end)))
        start = end
        state = 'line start'
      }
      for (let index = 0; index < chunk.length; index++) {
        const byte = chunk[index]
        if (state === 'after CR' || state === 'after blank CR') {
          // A line feed here still belongs to the carriage return before it.
          const ownsByte = byte === lineFeed
          if (state === 'after blank CR') cut(ownsByte ? index + 1 : index)
          state = 'line start'
          if (ownsByte) continue
        }
        if (byte === lineFeed) {
          if (state === 'line start') cut(index + 1)
          else state = 'line start'
        } else if (byte === carriageReturn) {
          state = state === 'line start' ? 'after blank CR' : 'after CR'
        } else {
          state = 'in line'
        }
      }
      keep(chunk, start)
      return events
    },
    rest() {
      return pending.length === 0 ? [] : [join(new Uint8Array(0))]
    },
  }
}
