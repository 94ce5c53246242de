import { asRecord } from '../json/as-record.ts'
import { textOr } from '../json/read-value.ts'
import { type AwsMessage, splitMessages } from './split-messages.ts'

export const awsStreamType = 'application/vnd.amazon.eventstream'

/**
 * An AWS event stream as server-sent events, one for each message as soon as it is whole: all that follows knows events
 * only. Events of Anthropic's that Bedrock hands through are theirs again, byte for byte; its own are named by their type.
 */
export function asEvents(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = body[Symbol.asyncIterator]()
      const splitter = splitMessages()
      return {
        async next() {
          for (;;) {
            const { done, value } = await iterator.next()
            if (done) {
              splitter.end()
              return { done: true, value: undefined }
            }
            const events = splitter.push(value).map(writeEvent).join('')
            if (events !== '') return { done: false, value: Buffer.from(events) }
          }
        },
        async return() {
          await iterator.return?.()
          return { done: true, value: undefined }
        },
      }
    },
  }
}

function writeEvent({ headers, payload }: AwsMessage): string {
  const text = payload.toString('utf8')
  const name = headers[':event-type'] ?? ''
  if (headers[':message-type'] !== 'event') return writeFailure(headers, text)
  if (name !== 'chunk') return `event: ${name}\ndata: {${JSON.stringify(name)}:${text || '{}'}}\n\n`
  const data = Buffer.from(textOr(parse(text).bytes, ''), 'base64').toString('utf8')
  return `event: ${textOr(parse(data).type, 'message')}\ndata: ${data}\n\n`
}

/** An exception in the middle of an answer, in the shape that every reader takes for one. */
function writeFailure(headers: AwsMessage['headers'], text: string): string {
  const type = headers[':exception-type'] ?? headers[':error-code'] ?? 'error'
  const message = textOr(parse(text).message, headers[':error-message'] ?? 'The provider failed.')
  return `event: error\ndata: ${JSON.stringify({ type: 'error', error: { type, message } })}\n\n`
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return asRecord(JSON.parse(text))
  } catch {
    return {}
  }
}
