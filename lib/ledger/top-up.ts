import type pg from 'pg'
import type { Nanos } from '../core/money.ts'
import { storableNanos } from './storable-nanos.ts'

/** One more dispatch of a request that holds a reservation. Amounts are what it shall hold in all. */
export interface TopUpRequest {
  requestId: string
  /** The model that is to answer: budgets for it alone are bound from here on. */
  modelId: string
  /** Null: unpriced. */
  wantNanos: Nanos | null
  floorNanos: Nanos | null
}

/** What the request holds then, between floor and want; null when its budgets do not have it. */
export async function topUp(pool: pg.Pool, request: TopUpRequest): Promise<Nanos | null> {
  const { rows } = await pool.query<{ outcome: string; amount_nanos: bigint }>({
    name: 'ledger_top_up',
    text: 'SELECT outcome, amount_nanos FROM ledger_top_up($1, $2, $3, $4)',
    values: [
      request.requestId,
      request.modelId,
      storableNanos(request.wantNanos) ?? -1n,
      storableNanos(request.floorNanos) ?? 0n,
    ],
  })
  const [answer] = rows
  return answer?.outcome === 'reserved' ? answer.amount_nanos : null
}
