import { setTimeout as sleep } from 'node:timers/promises'

/** A while in which this process was awake, and saw what came. */
export type PassTurn = () => Promise<null>

const turnMs = 250

/** A vendor that was told to stop and says nothing in so many turns, not even that it does, stands still or does not hear. */
export const silentTurns = 8

/**
 * However long a process stands still, that is one turn at most: whoever counts turns takes no stall of its own for the
 * silence of another.
 */
export const passTurn: PassTurn = async () => {
  await sleep(turnMs)
  // A timer may win over bytes that are here: they are seen by the second turn of the loop.
  await new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)))
  return null
}
