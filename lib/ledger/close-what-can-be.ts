import type pg from 'pg'
import { isDataError } from '../db/is-away.ts'
import { closeAll } from './close-all.ts'
import type { CloseItem } from './close-batch.ts'

/**
 * Closes one by one where they do not go through together. Answers with those that the database will never take: what they
 * hold stays reserved while their node lives, and keeps its estimate when it is gone. Throws only when it is away.
 */
export async function closeWhatCanBe(
  pool: pg.Pool,
  items: CloseItem[],
  log: { error(facts: object, message: string): void },
): Promise<CloseItem[]> {
  try {
    await closeAll(pool, items)
    return []
  } catch (error) {
    if (!isDataError(error)) throw error
    if (items.length > 1) return (await Promise.all(items.map((item) => closeWhatCanBe(pool, [item], log)))).flat()
    const { requestId } = items[0]!.outcome
    log.error({ error: String(error), requestId }, 'a closing can never be booked; it is put aside beside the spool')
    return items
  }
}
