import { crc32 } from 'node:zlib'
import { StipendError } from '#lib/core/errors.ts'
import { StoppedReading } from '../sse/stopped-reading.ts'

/** Two lengths and a checksum of them begin a message, a checksum of all of it ends it. */
const preludeBytes = 8
const checksumBytes = 4
const headBytes = preludeBytes + checksumBytes
const leastBytes = headBytes + checksumBytes

/** Larger than any event of a model. */
const mostBytes = 32 * 1024 * 1024

export interface AwsMessage {
  headers: Record<string, string>
  payload: Buffer
}

/** Cuts an AWS event stream into its messages, however its bytes arrive; `end` throws where one is left half. */
export function splitMessages(): { push(chunk: Uint8Array): AwsMessage[]; end(): void } {
  let pending: Uint8Array[] = []
  let pendingBytes = 0
  /** Below these nothing can be read yet. */
  let neededBytes = headBytes
  return {
    push(chunk) {
      pending.push(chunk)
      pendingBytes += chunk.length
      if (pendingBytes < neededBytes) return []
      let bytes = Buffer.concat(pending)
      const messages: AwsMessage[] = []
      while (bytes.length >= headBytes) {
        neededBytes = lengthOf(bytes)
        if (bytes.length < neededBytes) break
        messages.push(readMessage(bytes.subarray(0, neededBytes)))
        bytes = bytes.subarray(neededBytes)
        neededBytes = headBytes
      }
      pending = [bytes]
      pendingBytes = bytes.length
      return messages
    },
    end() {
      if (pendingBytes > 0) {
        throw new StipendError('upstream_error', "The provider's stream ended in the middle of an event.")
      }
    },
  }
}

function lengthOf(bytes: Buffer): number {
  const length = bytes.readUInt32BE(0)
  const headersLength = bytes.readUInt32BE(4)
  if (crc32(bytes.subarray(0, preludeBytes)) !== bytes.readUInt32BE(preludeBytes)) throw wronglySummed()
  if (length > mostBytes || length < leastBytes + headersLength) {
    throw new StoppedReading('an event of an impossible length')
  }
  return length
}

function readMessage(bytes: Buffer): AwsMessage {
  const end = bytes.length - checksumBytes
  if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32BE(end)) throw wronglySummed()
  const headersEnd = headBytes + bytes.readUInt32BE(4)
  return { headers: readHeaders(bytes.subarray(headBytes, headersEnd)), payload: bytes.subarray(headersEnd, end) }
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
    if (at + length > bytes.length) throw new StoppedReading('an event whose headers do not fit')
    at += length
    return bytes.subarray(at - length, at)
  }
  while (at < bytes.length) {
    const name = take(take(1).readUInt8()).toString()
    const type = take(1).readUInt8()
    const length = type === textType || type === bytesType ? take(2).readUInt16BE() : lengths[type]
    if (length === undefined) throw new StoppedReading('an event with a header of an unknown type')
    const value = take(length)
    if (type === textType) headers[name] = value.toString()
  }
  return headers
}

function wronglySummed(): StoppedReading {
  return new StoppedReading('an event with a wrong checksum')
}
