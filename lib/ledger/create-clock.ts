/** The clock of the database, as far as a node knows it without asking. */
export interface Clock {
  /** What time it was there, a moment ago. */
  set(now: Date): void
  /** `moment`, or where that lies ahead there, the latest that surely does not. */
  bound(moment: Date): Date
}

/** Goes on by the monotonic clock: whatever happens to the one on the wall of this machine, time passes there as here. */
export function createClock(): Clock {
  let knownMs = Number.POSITIVE_INFINITY
  let sinceMs = 0
  return {
    set(now) {
      knownMs = now.getTime()
      sinceMs = performance.now()
    },
    bound(moment) {
      const latestMs = Math.floor(knownMs + performance.now() - sinceMs)
      return latestMs < moment.getTime() ? new Date(latestMs) : moment
    },
  }
}
