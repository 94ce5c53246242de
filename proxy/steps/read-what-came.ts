import { setTimeout as sleep } from 'node:timers/promises'

/** A vendor that has been silent for so long has nothing on its way. */
const quietMs = 250
/** One that never is gets so long, and is then cut. */
const longestMs = 250
/** What it may have handed to the network without our seeing it: as much as came in the last of these. */
const inFlightMs = 100

/**
 * Reads on after a caller has left, until all that had been served by then is here: whatever the vendor has handed to the
 * network will be on its bill. Returns how many pieces may be missing still when the connection is cut now; 0 at the end
 * of the stream, and no end of them where it is cut within a piece: nobody can say what follows that.
 */
export async function readWhatCame(readOn: () => Promise<{ isOver: boolean; pieces: number }>): Promise<number> {
  const begun = performance.now()
  const arrivals: { at: number; pieces: number }[] = []
  let reading = readOn()
  for (;;) {
    const seen = await Promise.race([reading, sleep(quietMs, null)])
    // A timer may win over bytes that are here: they are seen by the second turn of the loop.
    const came = seen ?? (await Promise.race([reading, afterTwoTurns()]))
    const now = performance.now()
    if (came?.isOver) return 0
    if (came) {
      arrivals.push({ at: now, pieces: came.pieces })
      reading = readOn()
    }
    if (!came || now - begun > longestMs) {
      reading.catch(() => undefined) // it ends with the connection
      const recent = arrivals.filter(({ at }) => now - at <= inFlightMs)
      const pieces = recent.reduce((sum, one) => sum + one.pieces, 0)
      return recent.length > 0 && pieces === 0 ? Number.POSITIVE_INFINITY : pieces
    }
  }
}

function afterTwoTurns(): Promise<null> {
  return new Promise((resolve) => setImmediate(() => setImmediate(() => resolve(null))))
}
