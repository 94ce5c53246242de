import type { IncomingMessage } from 'node:http'
import { Refused } from './faults/refusal.ts'

const mostBytes = 64 * 1024 * 1024

/** All bytes of a body; throws `Refused` with 413 when they are too many. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= mostBytes) chunks.push(chunk)
      else reject(tooLarge)
    })
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    request.once('error', reject)
  })
}

const tooLarge = new Refused({
  status: 413,
  code: 'request_too_large',
  type: 'invalid_request_error',
  message: `The body is larger than ${mostBytes} bytes.`,
})
