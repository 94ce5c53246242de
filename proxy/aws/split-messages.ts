import { crc32 } from 'node:zlib'
import { StipendError } from '#lib/core/errors.ts'

/** Two lengths and a checksum of them begin a message, a checksum of all of it ends it. */
const preludeBytes = 8
const checksumBytes = 4
const leastBytes = preludeBytes + 2 * checksumBytes

/** Larger than any event of a model. */
const mostBytes = 32 * 1024 * 1024

export interface AwsMessage {
  headers: Record<string, string>
  payload: Buffer
}

/** Cuts an AWS event stream into its messages, however its bytes arrive; `end` throws where one is left half. */
export function splitMessages(): { push(chunk: Uint8Array): AwsMessage[]; end(): void } {
  let pending = Buffer.alloc(0)
  return {
    push(chunk) {
      pending = pending.length === 0 ? asBuffer(chunk) : Buffer.concat([pending, chunk])
      const messages: AwsMessage[] = []
      while (pending.length >= preludeBytes + checksumBytes) {
        const length = lengthOf(pending)
        if (pending.length < length) break
        messages.push(readMessage(pending.subarray(0, length)))
        pending = pending.subarray(length)
      }
      return messages
    },
    end() {
      if (pending.length > 0) throw broken('ended in the middle of an event')
    },
  }
}

function lengthOf(bytes: Buffer): number {
  const length = bytes.readUInt32BE(0)
  const headersLength = bytes.readUInt32BE(4)
  if (crc32(bytes.subarray(0, preludeBytes)) !== bytes.readUInt32BE(preludeBytes)) throw broken('has a wrong checksum')
  if (length > mostBytes || length < leastBytes + headersLength) throw broken('has an event of an impossible length')
  return length
}

function readMessage(bytes: Buffer): AwsMessage {
  const end = bytes.length - checksumBytes
  if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32BE(end)) throw broken('has a wrong checksum')
  const headersStart = preludeBytes + checksumBytes
  const headersEnd = headersStart + bytes.readUInt32BE(4)
  return { headers: readHeaders(bytes.subarray(headersStart, headersEnd)), payload: bytes.subarray(headersEnd, end) }
}

const textType = 7
const bytesType = 6
/** The types whose values are of one length, by their numbers. */
const lengths: Record<number, number> = { 0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16 }

/** Those that are text; the others are passed over. */
function readHeaders(bytes: Buffer): Record<string, string> {
  const headers: Record<string, string> = {}
  let at = 0
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw broken('has headers that do not fit')
    at += length
    return bytes.subarray(at - length, at)
  }
  while (at < bytes.length) {
    const name = take(take(1).readUInt8()).toString()
    const type = take(1).readUInt8()
    const length = type === textType || type === bytesType ? take(2).readUInt16BE() : lengths[type]
    if (length === undefined) throw broken('has a header of an unknown type')
    const value = take(length)
    if (type === textType) headers[name] = value.toString()
  }
  return headers
}

function asBuffer(chunk: Uint8Array): Buffer<ArrayBuffer> {
  return Buffer.from(chunk.buffer as ArrayBuffer, chunk.byteOffset, chunk.byteLength)
}

function broken(what: string): StipendError {
  return new StipendError('upstream_error', `The provider's stream ${what}.`)
}
