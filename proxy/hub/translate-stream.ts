import { createParser } from 'eventsource-parser'
import { StipendError } from '#lib/core/errors.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { AnswerPart } from './answer-part.ts'
import type { Channel } from './channel.ts'
import type { AnswerWriter, Billed } from './hub.ts'
import type { Translation } from './translation.ts'

export interface StreamTranslator {
  /** What one whole event of the vendor's is in the caller's dialect: nothing, or some events. */
  translate(event: Uint8Array): string
  /** All that is left to say, once: nothing follows. */
  end(bill: Billed): string
}

/** Turns a stream of the vendor's into one of the caller's, event by event, in the words of `writer`. */
export function translateStream(
  { wire }: Translation,
  { request }: Channel,
  writer: AnswerWriter,
  dialect: Dialect,
): StreamTranslator {
  const reader = wire.openReader(request.body)
  let isOver = false
  let said = ''

  const say = (parts: readonly AnswerPart[]): void => {
    for (const part of parts) {
      if (isOver) return
      if (part.type !== 'failure') {
        said += writer.write(part)
        continue
      }
      isOver = true
      said += dialect.renderErrorEvent(new StipendError('upstream_error', `The provider failed: ${part.message}`))
    }
  }

  const take = (): string => {
    const taken = said
    said = ''
    return taken
  }

  const parser = createParser({
    onEvent({ data }) {
      const value = parse(data)
      if (value === undefined) return
      const parts = reader.read(value)
      // The caller sees that the vendor has begun as soon as it has.
      if (!isOver && parts.every(({ type }) => type !== 'failure')) said += writer.begin()
      say(parts)
    },
  })

  return {
    translate(event) {
      parser.feed(Buffer.from(event.buffer, event.byteOffset, event.byteLength).toString('utf8'))
      return take()
    },
    end(bill) {
      if (isOver) return ''
      // An event without the blank line after it is one all the same, at the end.
      parser.feed('\n\n')
      say(reader.end())
      if (!isOver) said += writer.end(bill)
      isOver = true
      return take()
    },
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    // "[DONE]", or nothing that anyone could read.
    return undefined
  }
}
