import { type PassTurn, passTurn, silentTurns } from './pass-turn.ts'

/** A vendor that goes on saying something in so many does not care. */
const busyTurns = 4

/**
 * Reads on after the vendor was told that its caller has left, up to the end with which it answers that: all that it ever
 * served has come then. Returns how many pieces may have been served that are not seen; 0 at the end. A vendor that never
 * stops is cut, and may say as much again until it feels it. What one says later that stands still nobody can know: no end
 * of pieces.
 */
export async function readWhatCame(
  readOn: () => Promise<{ isOver: boolean; pieces: number }>,
  pass: PassTurn = passTurn,
): Promise<number> {
  let silent = 0
  let busy = 0
  let pieces = 0
  let hasCome = false
  let reading = readOn()
  let turn = pass()
  for (;;) {
    const came = await Promise.race([reading, turn])
    if (came?.isOver) return 0
    if (came) {
      hasCome = true
      // What was on its way when the vendor was told comes in the first turn.
      if (busy > 0) pieces += came.pieces
      reading = readOn()
      continue
    }
    silent = hasCome ? 0 : silent + 1
    if (hasCome) busy++
    hasCome = false
    const isDeaf = busy === busyTurns
    if (isDeaf || silent === silentTurns) {
      reading.catch(() => undefined) // it ends with the connection
      return isDeaf && pieces > 0 ? pieces : Number.POSITIVE_INFINITY
    }
    turn = pass()
  }
}
