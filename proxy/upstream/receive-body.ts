import { type Dispatcher, errors } from 'undici'

export interface Receiver {
  /** Read once; a read that comes before its piece waits for it. Its `return` stops the call at once. */
  body: AsyncIterableIterator<Uint8Array>
  push(chunk: Uint8Array): void
  /** Nothing more comes: `error` says why, null where that is the end of it. What had come is read before. */
  close(error: Error | null): void
}

interface Reader {
  resolve(result: IteratorResult<Uint8Array>): void
  reject(error: Error): void
}

/** So much may lie unread before the vendor is made to wait. */
const mostUnreadBytes = 64 * 1024

const over: IteratorResult<Uint8Array> = { done: true, value: undefined }

/**
 * A body as it arrives, read as fast as its reader reads. One promise for a piece: a stream of Node's takes several turns
 * and half a dozen calls for each, and every piece of every answer comes through here.
 */
export function receiveBody(controller: Dispatcher.DispatchController): Receiver {
  const unread: Uint8Array[] = []
  const readers: Reader[] = []
  let unreadBytes = 0
  let isOver = false
  let failure: Error | null = null

  const close = (error: Error | null): void => {
    if (isOver) return
    isOver = true
    failure = error
    for (const reader of readers.splice(0)) {
      if (error) reader.reject(error)
      else reader.resolve(over)
    }
  }

  const body: AsyncIterableIterator<Uint8Array> = {
    [Symbol.asyncIterator]: () => body,
    next() {
      const value = unread.shift()
      if (value) {
        unreadBytes -= value.byteLength
        if (unreadBytes < mostUnreadBytes) controller.resume()
        return Promise.resolve({ done: false, value })
      }
      if (failure) return Promise.reject(failure)
      if (isOver) return Promise.resolve(over)
      return new Promise((resolve, reject) => readers.push({ resolve, reject }))
    },
    async return() {
      unread.length = 0
      const aborted = new errors.RequestAbortedError()
      close(aborted)
      controller.abort(aborted)
      return over
    },
  }

  return {
    body,
    push(value) {
      if (isOver) return
      const reader = readers.shift()
      if (reader) return reader.resolve({ done: false, value })
      unread.push(value)
      unreadBytes += value.byteLength
      if (unreadBytes >= mostUnreadBytes) controller.pause()
    },
    close,
  }
}
