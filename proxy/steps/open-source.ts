import type { Billed } from '../hub/hub.ts'
import type { StreamTranslator } from '../hub/translate-stream.ts'
import { followStream, type StreamMeter } from '../metering/follow-stream.ts'
import type { Served } from '../metering/served.ts'
import { framings } from '../sse/framing.ts'
import type { Reply } from './begin-reply.ts'

/** Bytes or text for the caller; null: nothing. */
export type Said = Uint8Array | string | null

/** One vendor's answer on its way to the caller: cut into events, metered, and put into the caller's words. */
export interface Source {
  reply: Reply
  served: Served
  meter: StreamMeter
  /** The next bytes of the vendor's, as they came; whoever takes them has `cut` make events of them. */
  pull(): Promise<IteratorResult<Uint8Array>>
  /** The events that they complete; `isOver`: there are no more. */
  cut(came: IteratorResult<Uint8Array>): { events: Uint8Array[]; isOver: boolean }
  /** The event after which nothing follows. */
  isLast(event: Uint8Array): boolean
  /** What one event is for the caller; null: nothing. `statesUsage`: as the meter found. Mostly known at once. */
  say(event: Uint8Array, statesUsage: boolean): Said | Promise<Said>
  /** All that is left to say, once: nothing follows. */
  end(bill: Billed): string
}

/** `translator`: null where the caller speaks as the vendor does, and bytes pass as they are. */
export function openSource(reply: Reply, served: Served, translator: StreamTranslator | null): Source {
  const { wire } = reply.channel
  const framing = framings[reply.framing]
  const begunMs = performance.now() - (reply.firstTokenMs - reply.attempt.startedMs)
  const meter = followStream(wire, framing, served, begunMs)
  const splitter = framing.split()
  let unread: Uint8Array | null = reply.firstChunk

  return {
    reply,
    served,
    meter,
    pull() {
      if (!unread) return reply.rest.next()
      const first = Promise.resolve({ done: false, value: unread })
      unread = null
      return first
    },
    cut({ done, value }) {
      return done ? { events: splitter.rest(), isOver: true } : { events: splitter.push(value), isOver: false }
    },
    isLast: (event) => wire.endsStream(event),
    say(event, statesUsage) {
      if (translator) return translator.translate(event)
      return statesUsage ? meter.rewrite(event) : event
    },
    end: (bill) => translator?.end(bill) ?? '',
  }
}
