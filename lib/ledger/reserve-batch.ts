import type pg from 'pg'
import type { Nanos } from '../core/money.ts'

export interface ReserveItem {
  requestId: string
  keyId: string
  modelId: string
  /** Null: unpriced. */
  wantNanos: Nanos | null
  comfortNanos: Nanos | null
  floorNanos: Nanos | null
}

/** The budget that stood in the way, as the database saw it. */
export interface BindingBudget {
  counterId: string
  budgetId: string
  scope: 'organization' | 'project' | 'member' | 'key'
  scopeId: string
  period: 'total' | 'day' | 'week' | 'month'
  /** The only model that it counts, and the only keys that it binds; null: all. */
  model: string | null
  tag: string | null
  /** Who can raise it, by name. */
  ask: string | null
  /** With its temporary raises. */
  limitNanos: string
  spentNanos: string
  reservedNanos: string
  resetsAt: string | null
}

export interface ReserveAnswer {
  outcome: 'reserved' | 'busy' | 'exhausted' | 'unpriced' | 'unknown' | 'paused' | 'expired' | 'revoked' | 'closed'
  amountNanos: Nanos
  binding: BindingBudget | null
}

const statement = {
  name: 'ledger_reserve',
  text: 'SELECT ordinal, outcome, amount_nanos, facts FROM ledger_reserve($1, $2, $3, $4, $5, $6, $7, $8)',
}

/** One round trip and one transaction for all of `items`. */
export async function reserveBatch(
  pool: pg.Pool,
  nodeId: string,
  items: ReserveItem[],
  again: boolean,
): Promise<ReserveAnswer[]> {
  const { rows } = await pool.query<{
    ordinal: number
    outcome: ReserveAnswer['outcome']
    amount_nanos: bigint
    facts: BindingBudget | null
  }>({
    ...statement,
    values: [
      nodeId,
      items.map((item) => item.requestId),
      items.map((item) => item.keyId),
      items.map((item) => item.modelId),
      items.map((item) => item.wantNanos ?? -1n),
      items.map((item) => item.comfortNanos ?? 0n),
      items.map((item) => item.floorNanos ?? 0n),
      again,
    ],
  })
  const answers: ReserveAnswer[] = []
  for (const row of rows) {
    answers[row.ordinal - 1] = { outcome: row.outcome, amountNanos: row.amount_nanos, binding: row.facts }
  }
  return answers
}
