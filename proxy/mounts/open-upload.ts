import type { IncomingMessage } from 'node:http'

/** What a caller sends. */
export interface Upload {
  /** Read once. */
  pieces: AsyncIterable<Uint8Array>
  /** All of it has come. */
  isWhole(): boolean
}

/**
 * Most lie here, as long as they were announced, by the time somebody asks. Those are taken as they are: the events of a
 * stream take longer than all else that is done with a body, and every call waits for it.
 */
export function openUpload(request: IncomingMessage): Upload {
  let leftBytes = Number(request.headers['content-length'] ?? Number.NaN)

  const read = async function* (): AsyncGenerator<Uint8Array> {
    for (let piece = request.read(); piece !== null; piece = request.read()) {
      leftBytes -= piece.byteLength
      yield piece
    }
    // A body that is refused halfway must not take the connection with it: the refusal has yet to be sent.
    if (leftBytes !== 0) yield* request.iterator({ destroyOnReturn: false })
  }

  return { pieces: read(), isWhole: () => request.complete || leftBytes === 0 }
}
