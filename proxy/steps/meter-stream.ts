import { StipendError } from '#lib/core/errors.ts'
import { formatUsd } from '#lib/core/money.ts'
import type { Answer, Exchange } from '../exchange.ts'
import { joinBytes } from '../sse/join-bytes.ts'
import { StoppedReading } from '../sse/stopped-reading.ts'
import { asUpstreamError } from '../upstream/as-upstream-error.ts'
import type { Reply } from './begin-reply.ts'
import { isUnread } from './is-unread.ts'
import type { Continuation } from './open-continuation.ts'
import type { RequestRecord } from './open-record.ts'
import type { Said, Source } from './open-source.ts'
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
  begun: Source,
  continuation: Continuation | null,
): Answer {
  const { dialect, request, tries } = exchange
  const { signal } = request
  const { framing, firstTokenMs } = begun.reply
  let source = begun
  let isOver = false
  let hasLeft = false
  let resuming: Promise<Source | null> | null = null
  let finished: Promise<void> | null = null

  const finish = (end: End): Promise<void> => {
    finished ??= book(hasLeft ? 'caller left' : end)
    return finished
  }

  const book = async (end: End): Promise<void> => {
    signal.removeEventListener('abort', leave)
    try {
      const { meter, reply } = source
      const bill = await meter.bill(end === 'complete')
      const { finishReason, failed, answerId } = meter.report()
      const { deployment } = reply
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
    // Who is just being asked to go on is heard out first: what it began is owed.
    await resuming
    source.reply.hangUp()
    try {
      source.meter.miss(await readWhatCame(readOn))
    } catch (error) {
      // Where the vendor broke off, what came until then is all.
      if (isUnread(error)) source.meter.miss(Number.POSITIVE_INFINITY)
    }
    source.meter.left()
    void source.reply.rest.return?.()
    await finish('caller left')
  }

  /** One more chunk for the meter alone. */
  const readOn = async (): Promise<{ isOver: boolean; pieces: number }> => {
    const { events, isOver: isEnd } = source.cut(await source.pull())
    for (const event of events) source.meter.follow(event)
    return { isOver: isEnd || events.some(source.isLast), pieces: events.length }
  }

  /** Of sound nothing can be said in between: it ends. */
  const failureEvent = (failure: StipendError): string => {
    if (framing === 'bytes') return ''
    return framing === 'array' ? `,\r\n${dialect.renderError(failure)}\r\n]` : dialect.renderErrorEvent(failure)
  }

  const show = (event: Uint8Array): Said | Promise<Said> => {
    const statesUsage = source.meter.follow(event)
    continuation?.note(event)
    return source.isLast(event) ? showLast(event, statesUsage) : source.say(event, statesUsage)
  }

  const showLast = async (event: Uint8Array, statesUsage: boolean): Promise<Said> => {
    // Booked before it is said, so that whoever has seen the end also finds it booked.
    await finish('complete')
    const said = await source.say(event, statesUsage)
    return typeof said === 'string' ? said + source.end(await source.meter.bill()) : said
  }

  /** A conversation says why it ends. One that just stops would pass for a whole answer. */
  const isCutShort = (): boolean => {
    const { finishReason, failed } = source.meter.report()
    return source.reply.channel.wire.hub !== null && finishReason === null && !failed && finished === null
  }

  /** True: another vendor goes on with it. */
  const goOn = async (): Promise<boolean> => {
    if (!continuation || hasLeft) return false
    const before = tries.length
    resuming = continuation.resume(source, await source.meter.bill(false))
    const next = await resuming
    resuming = null
    if (next) {
      source = next
      return true
    }
    // It stays the answer; what others may have cost who were asked to go on is owed on top.
    source.reply.attempt.keptUsd = null
    for (const one of tries.slice(before)) {
      if (one.fate !== 'lost') continue
      one.keptUsd = formatUsd(one.boundNanos)
      source.served.keptNanos += one.boundNanos
    }
    return false
  }

  /** Asked anew after every wait: the caller may have left meanwhile. */
  const isTold = (): boolean => isOver || finished !== null

  /** What is said of it; null: nothing, since another vendor goes on, or it is over. */
  const breakOff = async (error: unknown): Promise<Uint8Array | null> => {
    void source.reply.rest.return?.()
    if (!isTold()) {
      // There may be more of it, which nobody reads.
      if (error instanceof StoppedReading) source.meter.miss(Number.POSITIVE_INFINITY)
      if (await goOn()) return null
    }
    const wasTold = isTold()
    isOver = true
    if (wasTold) return null
    const failure = asUpstreamError(error)
    await finish(failure)
    return Buffer.from(failureEvent(failure))
  }

  /** What came is shown in the turn in which it came: one promise for all of it, and none for an event. */
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    while (!isOver) {
      try {
        const { events, isOver: isEnd } = source.cut(await source.pull())
        const pieces: Uint8Array[] = []
        for (const event of events) {
          const shown = show(event)
          const seen = shown instanceof Promise ? await shown : shown
          if (seen !== null) pieces.push(typeof seen === 'string' ? Buffer.from(seen) : seen)
        }
        if (isEnd) {
          if (isCutShort()) throw tooEarly()
          isOver = true
          await finish('complete')
          pieces.push(Buffer.from(source.end(await source.meter.bill())))
        }
        const value = joinBytes(pieces)
        // Empty when what came is not for the caller, or not yet a whole event.
        if (value.length > 0) return { done: false, value }
      } catch (error) {
        const value = await breakOff(error)
        if (value) return { done: false, value }
      }
    }
    return over
  }

  signal.addEventListener('abort', leave, { once: true })
  if (signal.aborted) leave()
  return {
    status: 200,
    headers: { ...begun.reply.headers, ...typeOf(begun.reply), ...neverBuffered },
    body: {
      [Symbol.asyncIterator]: () => ({
        next,
        async return() {
          leave()
          if (!hasLeft) void source.reply.rest.return?.()
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
