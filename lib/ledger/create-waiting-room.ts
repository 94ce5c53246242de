const pollMs = 100
const triesAtOnce = 16

export type Verdict<T> = { done: true; value: T } | { done: false }

interface Waiter {
  isTrying: boolean
  sinceMs: number
  attempt(): void
}

export interface WaitingRoom {
  /** Tries again in the order of arrival, whenever money may have come back, until `attempt` says done.
   * Resolves to null at the deadline; rejects when `signal` fires or `attempt` throws. */
  wait<T>(place: string, attempt: () => Promise<Verdict<T>>, deadlineMs: number, signal: AbortSignal): Promise<T | null>
  /** Money came back somewhere. */
  stir(): void
  /** Whether the first in line there has waited so long that nobody may go before it. */
  isHeldUp(place: string): boolean
}

/**
 * One queue a budget. Whoever came first tries first; a few may try at once, for they share one batch and are decided
 * in their order. So what is small may pass what is large, until the first in line has waited for `patienceMs`: from then
 * on all that comes back is for it. Money that another process frees is found by polling, while somebody waits.
 */
export function createWaitingRoom(patienceMs: number): WaitingRoom {
  const queues = new Map<string, Waiter[]>()
  let poll: NodeJS.Timeout | undefined

  function stir(): void {
    for (const [place, queue] of queues) {
      const few = queue.slice(0, isHeldUp(place) ? 1 : triesAtOnce)
      for (const waiter of few) if (!waiter.isTrying) waiter.attempt()
    }
  }

  function isHeldUp(place: string): boolean {
    const first = queues.get(place)?.[0]
    return first !== undefined && performance.now() - first.sinceMs >= patienceMs
  }

  function enter(place: string, waiter: Waiter): void {
    const queue = queues.get(place)
    if (queue) queue.push(waiter)
    else queues.set(place, [waiter])
    poll ??= setInterval(stir, pollMs)
  }

  function leave(place: string, waiter: Waiter): void {
    const queue = queues.get(place)
    if (!queue) return
    const index = queue.indexOf(waiter)
    if (index >= 0) queue.splice(index, 1)
    if (queue.length === 0) queues.delete(place)
    if (queues.size === 0) {
      clearInterval(poll)
      poll = undefined
    }
  }

  return {
    stir,
    isHeldUp,
    wait: (place, attempt, deadlineMs, signal) =>
      new Promise((resolve, reject) => {
        const finish = (end: () => void) => {
          clearTimeout(deadline)
          signal.removeEventListener('abort', onAbort)
          leave(place, waiter)
          end()
        }
        const waiter: Waiter = {
          isTrying: false,
          sinceMs: performance.now(),
          attempt() {
            waiter.isTrying = true
            attempt().then(
              (verdict) => {
                waiter.isTrying = false
                if (!verdict.done) return
                finish(() => resolve(verdict.value))
                stir() // there may be room for the next as well
              },
              (error) => finish(() => reject(error)),
            )
          },
        }
        // An attempt under way may still succeed: the end waits for its answer, so that no reservation is orphaned.
        const endUnlessTrying = (end: () => void) => {
          if (waiter.isTrying) setTimeout(endUnlessTrying, 5, end)
          else if (queues.get(place)?.includes(waiter)) finish(end)
        }
        const onAbort = () => endUnlessTrying(() => reject(signal.reason))
        const deadline = setTimeout(() => endUnlessTrying(() => resolve(null)), Math.max(0, deadlineMs - Date.now()))
        signal.addEventListener('abort', onAbort, { once: true })
        enter(place, waiter)
        if (signal.aborted) onAbort()
      }),
  }
}
