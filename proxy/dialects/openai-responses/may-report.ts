import { endsStream } from './ends-stream.ts'

const error = Buffer.from('"error"')

/** The last event, and failures: OpenAI says `"error":null` in many, but as an event's type only where it means it. */
export function mayReport(event: Uint8Array): boolean {
  if (endsStream(event)) return true
  const bytes = Buffer.from(event.buffer, event.byteOffset, event.byteLength)
  return bytes.toString('latin1', 0, 12) === 'event: error' || bytes.includes(':"error"') || isBareError(bytes)
}

/** `{"error":{…}}`, as some who speak this dialect say it. */
function isBareError(bytes: Buffer): boolean {
  const at = bytes.indexOf(error)
  return at !== -1 && bytes[at + error.length] === 0x3a && bytes[at + error.length + 1] === 0x7b
}
