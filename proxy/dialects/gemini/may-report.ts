import { hasValue } from '../../sse/has-value.ts'

const telling = ['"usageMetadata"', '"finishReason"', '"error"', '"promptFeedback"'].map((key) => Buffer.from(key))

/** Nearly every event of a stream says how much it has come to. */
export function mayReport(event: Uint8Array): boolean {
  const bytes = Buffer.from(event.buffer, event.byteOffset, event.byteLength)
  return telling.some((key) => hasValue(bytes, key))
}
