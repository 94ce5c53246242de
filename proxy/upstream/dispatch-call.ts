import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import { StipendError } from '#lib/core/errors.ts'
import { NotDispatched } from './not-dispatched.ts'
import { type Receiver, receiveBody } from './receive-body.ts'

export interface Dispatched {
  status: number
  headers: IncomingHttpHeaders
  body: AsyncIterableIterator<Uint8Array>
}

/** Sends one request; resolves with its answer as soon as that has begun. `signal` stops it, also while its body is read. */
export function dispatchCall(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal,
): Promise<Dispatched> {
  return new Promise((resolve, reject) => {
    let running: Dispatcher.DispatchController | null = null
    let receiver: Receiver | null = null
    const stop = (): void => {
      if (running) running.abort(signal.reason)
      // It waits for a connection, and will not be sent when it has one.
      else reject(unsent(signal.reason))
    }
    const end = (error: Error | null): void => {
      signal.removeEventListener('abort', stop)
      receiver?.close(error)
    }
    if (signal.aborted) return reject(unsent(signal.reason))
    signal.addEventListener('abort', stop, { once: true })
    dispatcher.dispatch(options, {
      onRequestStart(controller) {
        running = controller
        if (signal.aborted) stop()
      },
      onResponseStart(controller, status, headers) {
        // What is said before the answer itself.
        if (status < 200) return
        receiver = receiveBody(controller)
        resolve({ status, headers, body: receiver.body })
      },
      onResponseData(_, chunk) {
        receiver?.push(chunk)
      },
      onResponseEnd: () => end(null),
      onResponseError(_, error) {
        end(error)
        reject(error)
      },
    })
  })
}

/** Why it was stopped stays what it was; that nothing is owed for it is new. */
function unsent(reason: unknown): unknown {
  if (!(reason instanceof StipendError)) return reason
  return new NotDispatched(reason.code, reason.message, { cause: reason.cause })
}
