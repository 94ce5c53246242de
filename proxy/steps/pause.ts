import { ClientGone } from './client-gone.ts'

/** Waits, but not for a caller who has left. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new ClientGone())
    const leave = (): void => {
      clearTimeout(timer)
      reject(new ClientGone())
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', leave)
      resolve()
    }, ms)
    signal.addEventListener('abort', leave, { once: true })
  })
}
