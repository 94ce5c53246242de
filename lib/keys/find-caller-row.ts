import type pg from 'pg'
import { orUnavailable } from '../db/or-unavailable.ts'
import type { CallerRow } from './caller-of.ts'

/** The key whose secret, or the one before it while its grace lasts, has this hash; of whichever organization. */
export async function findCallerRow(pool: pg.Pool, secretHash: Uint8Array): Promise<CallerRow | null> {
  const { rows } = await orUnavailable(() =>
    pool.query<CallerRow>({ name: 'find_caller', text: 'SELECT * FROM find_caller($1)', values: [secretHash] }),
  )
  return rows[0] ?? null
}
