import { StipendError } from '../core/errors.ts'
import { isAway } from './is-away.ts'

const retryAfterMs = 1_000

/** A gateway's question to the database: while that is away the caller is told to come back, and nothing is sent. */
export async function orUnavailable<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    if (!isAway(cause)) throw cause
    const message = 'The database cannot be reached just now, so nothing was sent. Retry shortly.'
    throw new StipendError('unavailable', message, { retryAfterMs, cause })
  }
}
