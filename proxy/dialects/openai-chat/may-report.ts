import { hasValue } from '../../sse/has-value.ts'

const usage = Buffer.from('"usage"')
const finishReason = Buffer.from('"finish_reason"')
const error = Buffer.from('"error"')

/**
 * The few events of a stream that say how it went: all others pass without being parsed. OpenAI repeats
 * `"usage":null` and `"finish_reason":null` on every event, so the key alone is not enough.
 */
export function mayReport(event: Uint8Array): boolean {
  const bytes = Buffer.from(event.buffer, event.byteOffset, event.byteLength)
  return hasValue(bytes, usage) || hasValue(bytes, finishReason) || hasValue(bytes, error)
}
