import type { ModelRequest } from '../dialects/dialect.ts'
import type { Exchange } from '../exchange.ts'
import type { Channel } from '../hub/channel.ts'
import { headOf } from '../hub/head-of.ts'
import { type StreamTranslator, translateStream } from '../hub/translate-stream.ts'

/** For the stream that comes through a channel; null where the caller speaks as the vendor does. */
export function openTranslator(exchange: Exchange, asked: ModelRequest, channel: Channel): StreamTranslator | null {
  const { translation } = channel
  return (
    translation &&
    translateStream(translation, channel, translation.own.openWriter(headOf(exchange, asked)), exchange.dialect)
  )
}
