/** How the clock on the wall of this machine stands to that of the database. */
export interface ClockSkew {
  /** It was `there` at some moment between these two of ours. */
  compare(beforeMs: number, there: Date, afterMs: number): void
  /** `moment`, a moment of ours, by a clock that is not ahead. The same until the clocks are compared again. */
  bound(moment: Date): Date
}

/** What lies within the time that the question took is no difference. */
export function createClockSkew(): ClockSkew {
  let aheadMs = 0
  return {
    compare(beforeMs, there, afterMs) {
      aheadMs = beforeMs > there.getTime() ? afterMs - there.getTime() : 0
    },
    bound: (moment) => (aheadMs === 0 ? moment : new Date(moment.getTime() - aheadMs)),
  }
}
