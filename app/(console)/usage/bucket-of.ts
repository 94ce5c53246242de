import type { UsageWindow } from './usage-window.ts'

/** The start, in milliseconds, of the bar that holds a moment: the last one that is not after it. */
export function bucketOf(moment: Date, { starts }: UsageWindow): number {
  return (starts.findLast((start) => start <= moment) ?? starts[0]!).getTime()
}
