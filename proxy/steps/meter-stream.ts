import { StipendError } from '#lib/core/errors.ts'
import type { ModelRequest } from '../dialects/dialect.ts'
import type { Answer, Exchange } from '../exchange.ts'
import { headOf } from '../hub/head-of.ts'
import { translateStream } from '../hub/translate-stream.ts'
import { followStream } from '../metering/follow-stream.ts'
import type { Served } from '../metering/served.ts'
import { framings } from '../sse/framing.ts'
import { joinBytes } from '../sse/join-bytes.ts'
import { asUpstreamError } from '../upstream/as-upstream-error.ts'
import type { Reply } from './begin-reply.ts'
import type { RequestRecord } from './open-record.ts'
import { readWhatCame } from './read-what-came.ts'

/** How a stream came to its end. */
type End = 'complete' | 'caller left' | StipendError

/** For whatever stands between us and the caller. */
const neverBuffered = { 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' }

const over: IteratorResult<Uint8Array> = { done: true, value: undefined }

/**
 * Passes a stream on, whole events at a time and byte for byte, and books it when it ends: by itself, by the
 * vendor's failure, or because the caller left, be it before the first byte. Whichever comes first counts.
 * Hence a plain iterator around one `finish`: the `finally` of a generator never runs if it was never started.
 */
export function meterStream(
  exchange: Exchange,
  record: RequestRecord,
  reply: Reply,
  served: Served,
  asked: ModelRequest,
): Answer {
  const { dialect, request } = exchange
  const { signal } = request
  const { wire, translation } = reply.channel
  const framing = framings[reply.framing]
  const meter = followStream(wire, framing, served)
  const splitter = framing.split()
  const translator = translation && translateStream(translation, reply.channel, headOf(exchange, asked), dialect)
  let unread: Uint8Array | null = reply.firstChunk
  let isOver = false
  let hasLeft = false
  let finished: Promise<void> | null = null

  const finish = (end: End): Promise<void> => {
    finished ??= book(hasLeft ? 'caller left' : end)
    return finished
  }

  const book = async (end: End): Promise<void> => {
    signal.removeEventListener('abort', leave)
    try {
      const bill = await meter.bill()
      const { finishReason, failed, answerId } = meter.report()
      const { deployment, firstTokenMs } = reply
      reply.attempt.fate = 'served'
      await record.settle({ ...bill, deployment, firstTokenMs, finishReason, ...seenAs(end, failed) }, answerId)
    } catch (error) {
      await record.fail(error)
    }
  }

  const leave = (): void => {
    if (hasLeft || finished) return
    hasLeft = true
    isOver = true
    void settleWhatCame()
  }

  const settleWhatCame = async (): Promise<void> => {
    try {
      meter.miss(await readWhatCame(readOn))
    } catch (error) {
      void error // the vendor broke off by itself: what came until then is all
    }
    void reply.rest.return?.()
    await finish('caller left')
  }

  /** One more chunk for the meter alone. */
  const readOn = async (): Promise<{ isOver: boolean; pieces: number }> => {
    const { done, value } = await pull()
    const events = done ? splitter.rest() : splitter.push(value)
    for (const event of events) meter.follow(event)
    return { isOver: done === true || events.some((event) => wire.endsStream(event)), pieces: events.length }
  }

  const pull = async (): Promise<IteratorResult<Uint8Array>> => {
    if (!unread) return reply.rest.next()
    const value = unread
    unread = null
    return { done: false, value }
  }

  /** Of sound nothing can be said in between: it ends. */
  const failureEvent = (failure: StipendError): string => {
    if (reply.framing === 'bytes') return ''
    return reply.framing === 'array' ? `,\r\n${dialect.renderError(failure)}\r\n]` : dialect.renderErrorEvent(failure)
  }

  /** What one event is for the caller; null: nothing. */
  const show = async (event: Uint8Array): Promise<Uint8Array | string | null> => {
    const statesUsage = meter.follow(event)
    const isLast = wire.endsStream(event)
    // Booked before it is said, so that whoever has seen the end also finds it booked.
    if (isLast) await finish('complete')
    if (!translator) return statesUsage ? meter.rewrite(event) : event
    const said = translator.translate(event)
    return isLast ? said + translator.end(await meter.bill()) : said
  }

  /** A conversation says why it ends. One that just stops would pass for a whole answer. */
  const isCutShort = (): boolean => {
    const { finishReason, failed } = meter.report()
    return wire.hub !== null && finishReason === null && !failed && finished === null
  }

  /** The next bytes for the caller; empty when what came is not for it, or not yet a whole event. */
  const advance = async (): Promise<Uint8Array> => {
    const { done, value } = await pull()
    const pieces: Uint8Array[] = []
    for (const event of done ? splitter.rest() : splitter.push(value)) {
      const seen = await show(event)
      if (seen !== null) pieces.push(typeof seen === 'string' ? Buffer.from(seen) : seen)
    }
    if (done) {
      const cut = isCutShort() ? tooEarly() : null
      isOver = true
      await finish(cut ?? 'complete')
      if (cut && !translator) pieces.push(Buffer.from(failureEvent(cut)))
      if (translator) pieces.push(Buffer.from(translator.end(await meter.bill())))
    }
    return joinBytes(pieces)
  }

  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    try {
      while (!isOver) {
        const value = await advance()
        if (value.length > 0) return { done: false, value }
      }
      return over
    } catch (error) {
      void reply.rest.return?.()
      if (isOver || finished) return over
      isOver = true
      const failure = asUpstreamError(error)
      await finish(failure)
      return { done: false, value: Buffer.from(failureEvent(failure)) }
    }
  }

  signal.addEventListener('abort', leave, { once: true })
  if (signal.aborted) leave()
  return {
    status: 200,
    headers: { ...reply.headers, ...typeOf(reply), ...neverBuffered },
    body: {
      [Symbol.asyncIterator]: () => ({
        next,
        async return() {
          leave()
          if (!hasLeft) void reply.rest.return?.()
          return over
        },
      }),
    },
  }
}

function tooEarly(): StipendError {
  return new StipendError('upstream_error', 'The provider ended its answer before it was whole.')
}

/** Vendors often name that of events wrongly. */
function typeOf({ framing, headers }: Reply): Record<string, string> {
  if (framing === 'events') return { 'content-type': 'text/event-stream; charset=utf-8' }
  return { 'content-type': headers['content-type'] ?? (framing === 'array' ? 'application/json' : 'audio/mpeg') }
}

/** As the caller saw it: a stream that breaks has long said 200. */
function seenAs(end: End, failed: boolean): { status: number; errorCode: string | null } {
  if (end === 'caller left') return { status: 499, errorCode: 'client_gone' }
  if (end === 'complete') return { status: 200, errorCode: failed ? 'upstream_error' : null }
  return { status: 200, errorCode: end.code }
}
