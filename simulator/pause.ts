import { setTimeout as after, setImmediate as nextTurn } from 'node:timers/promises'

/** Waits, or lets others have their turn; ends early when the caller leaves. */
export async function pause(ms: number, left: AbortSignal): Promise<void> {
  if (left.aborted) return
  if (ms <= 0) {
    await nextTurn()
    return
  }
  await after(ms, undefined, { signal: left }).catch(() => undefined)
}
