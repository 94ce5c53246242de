import type pg from 'pg'
import { type CloseAnswer, type CloseItem, rowOf } from './close-batch.ts'

/**
 * For closings that found no reservation. Where it had expired, what the request really cost takes the place of the
 * estimate that the expiry charged: once, as an adjustment. Where it was closed by anything else nothing happens.
 */
export async function settleLate(pool: pg.Pool, items: CloseItem[]): Promise<CloseAnswer[]> {
  const { rows } = await pool.query<{ ordinal: number; outcome: CloseAnswer }>({
    name: 'ledger_settle_late',
    text: 'SELECT ordinal, outcome FROM ledger_settle_late($1, $2, $3, $4)',
    values: [
      items.map(({ outcome }) => outcome.requestId),
      items.map(({ kind }) => kind),
      items.map(({ outcome }) => outcome.costNanos),
      items.map((item) => JSON.stringify(rowOf(item))),
    ],
  })
  const answers: CloseAnswer[] = []
  for (const row of rows) answers[row.ordinal - 1] = row.outcome
  return answers
}
